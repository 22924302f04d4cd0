import { Module, type DynamicModule } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../core/core.module.js';
import { Catalog } from '../../partner/catalog/catalog.js';
import { DictionariesController } from '../dictionaries/dictionaries.controller.js';
import { OrderFilesController } from './order-files.controller.js';
import { OrderFiles, type OrderFileParts } from './order-files.service.js';

/** Orders from spreadsheets and the dictionaries that they name, in a process with the role `admin`. */
@Module({})
export class OrderFilesModule {
  static forRoot(parts: OrderFileParts): DynamicModule {
    return {
      module: OrderFilesModule,
      controllers: [OrderFilesController, DictionariesController],
      providers: [
        { provide: Catalog, useValue: parts.catalog },
        { provide: OrderFiles, useFactory: (pool: pg.Pool) => new OrderFiles(pool, parts), inject: [POOL] },
      ],
    };
  }
}
