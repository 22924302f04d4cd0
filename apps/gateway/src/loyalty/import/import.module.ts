import { Module } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { Config } from '../../config/config.js';
import { BearerKeys } from '../../http/bearer.js';
import { IMPORT_KEYS } from './import-keys.js';
import { ImportController } from './import.controller.js';

/** Imports into the built-in programme, on the internal port of a process with the role `admin`. */
@Module({
  controllers: [ImportController],
  providers: [
    {
      provide: IMPORT_KEYS,
      useFactory: (config: ConfigService<Config, true>) => new BearerKeys(config.get('admin', { infer: true }).apiKeys),
      inject: [ConfigService],
    },
  ],
})
export class ImportModule {}
