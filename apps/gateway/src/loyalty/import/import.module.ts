import { Module, type DynamicModule } from '@nestjs/common';
import type pg from 'pg';
import { ImportsController } from './imports.controller.js';
import { IMPORT_POOL, ImportController } from './import.controller.js';

/** Imports into the built-in programme, on the internal port of a process with the role `admin`. */
@Module({})
export class ImportModule {
  /** @param pool of imports alone, whose connections keep their sessions */
  static forRoot(pool: pg.Pool): DynamicModule {
    return {
      module: ImportModule,
      controllers: [ImportController, ImportsController],
      providers: [{ provide: IMPORT_POOL, useValue: pool }],
    };
  }
}
