import type { ConfigService } from '@nestjs/config';
import type { Config, KoshelekConfig } from '../config/config.js';

/** The settings of the public door, which are there whenever the door is. */
export function koshelekOf(config: ConfigService<Config, true>): KoshelekConfig {
  const koshelek = config.get('koshelek', { infer: true });
  if (koshelek === undefined) throw new Error('the public door is open although the role loyalty does not run');
  return koshelek;
}
