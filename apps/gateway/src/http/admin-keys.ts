import type { FactoryProvider } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { Config } from '../config/config.js';
import { BearerKeys } from './bearer.js';

/** The keys of operators, for a module whose calls only they may make. */
export const ADMIN_KEYS: FactoryProvider<BearerKeys> = {
  provide: BearerKeys,
  useFactory: (config: ConfigService<Config, true>) => new BearerKeys(config.get('admin', { infer: true }).apiKeys),
  inject: [ConfigService],
};
