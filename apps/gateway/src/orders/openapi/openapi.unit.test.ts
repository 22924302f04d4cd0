import { holdDocument } from '../../http/openapi/testing/hold-document.js';
import { OPENAPI } from './openapi.js';

holdDocument('the orders API', OPENAPI);
