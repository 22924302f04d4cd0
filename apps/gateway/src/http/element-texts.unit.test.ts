import { expect, it } from '@jest/globals';
import { elementTexts } from './element-texts.js';

it.each([
  '{"orders":[{"a":[1,{"b":"],}"}]}, 2.50 ,"x,\\"]",[],null]}',
  ' { "orders" : [ { "order" : { "phone" : "\\\\" } } ] } ',
  '{"orders":[]}',
  '{"orders":[ \n ]}',
  '{"orders":[1]}',
])('gives the elements of the list in %s', (json) => {
  const { orders } = JSON.parse(json) as { orders: unknown[] };
  expect([...elementTexts(json)].map((text) => JSON.parse(text) as unknown)).toEqual(orders);
});
