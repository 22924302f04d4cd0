export { readConfig, ConfigError } from './config/read-config.js';
