import { expect, it } from '@jest/globals';
import { holdDocument, operationIdsOf } from '../../http/openapi/testing/hold-document.js';
import { OPENAPI } from '../../orders/openapi/openapi.js';
import { sentenceInRussian } from '../../http/problems/russian/in-russian.js';
import { FORMATS } from '../../http/schema/formats.js';
import { ADMIN_OPENAPI } from './openapi.js';

holdDocument('the admin API', ADMIN_OPENAPI);

it('the operationIds of the admin API are none of the orders API, so that one client can have both', () => {
  const others = new Set(operationIdsOf(OPENAPI));
  expect(operationIdsOf(ADMIN_OPENAPI).filter((id) => others.has(id))).toEqual([]);
});

it('the fields of the admin API say in Russian too what each of their formats must be', () => {
  const unsaid = [...FORMATS].filter(([, { must }]) => !/[а-яё]/i.test(sentenceInRussian(must) ?? ''));
  expect(unsaid).toEqual([]);
});
