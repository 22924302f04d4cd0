import { Module } from '@nestjs/common';
import { ImportController } from './import.controller.js';

/** Imports into the built-in programme, on the internal port of a process with the role `admin`. */
@Module({ controllers: [ImportController] })
export class ImportModule {}
