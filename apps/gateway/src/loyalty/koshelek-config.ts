import type { ConfigService } from '@nestjs/config';
import type { Config, KoshelekConfig } from '../config/config.js';

/** The settings of the public listener, which are there whenever the listener is. */
export function koshelekOf(config: ConfigService<Config, true>): KoshelekConfig {
  const koshelek = config.get('koshelek', { infer: true });
  if (koshelek === undefined) throw new Error('the public listener is open although the role loyalty does not run');
  return koshelek;
}
