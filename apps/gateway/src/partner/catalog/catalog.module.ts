import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { Config } from '../../config/config.js';
import { BearerKeys } from '../../http/bearer.js';
import { AccountController } from '../account/account.controller.js';
import { Catalog } from './catalog.js';
import { CatalogController } from './catalog.controller.js';

/** What Тройка Бизнес keeps, told on to our own services: its dictionaries and the guarantee fund. */
@Module({})
export class CatalogModule {
  static forRoot(catalog: Catalog): DynamicModule {
    return {
      module: CatalogModule,
      controllers: [CatalogController, AccountController],
      providers: [
        { provide: Catalog, useValue: catalog },
        {
          provide: BearerKeys,
          useFactory: (config: ConfigService<Config, true>) =>
            new BearerKeys(config.get('orders', { infer: true }).apiKeys),
          inject: [ConfigService],
        },
      ],
    };
  }
}
