import { Module, type DynamicModule } from '@nestjs/common';
import { Catalog } from './catalog.js';
import { CatalogController } from './catalog.controller.js';

/** The dictionaries of Тройка Бизнес, for our own services. */
@Module({})
export class CatalogModule {
  static forRoot(catalog: Catalog): DynamicModule {
    return {
      module: CatalogModule,
      controllers: [CatalogController],
      providers: [{ provide: Catalog, useValue: catalog }],
    };
  }
}
