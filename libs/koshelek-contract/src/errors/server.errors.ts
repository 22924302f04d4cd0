import type { LoyaltyErrorRow } from './row.js';

/** 70xx: the company's own system behind the gateway; 90xx: the gateway itself. */
export const SERVER_ERRORS = {
  ownSystemUnavailable: {
    code: '7001',
    description: 'Недоступна система программы лояльности',
    params: [],
    when: "The company's own system cannot be reached, or says with a 5xx that it cannot work.",
  },
  ownSystemTimeout: {
    code: '7002',
    description: 'Система программы лояльности не ответила за отведённое время',
    params: [],
    when: "The company's own system took longer than its limit.",
  },
  ownSystemBadAnswer: {
    code: '7003',
    description: 'Система программы лояльности дала ответ неизвестного вида',
    params: [],
    when: "The company's own system answered with something other than its contract allows.",
  },
  ownSystemRefused: {
    code: '7004',
    description: 'Система программы лояльности отклонила запрос',
    params: [],
    when: "The company's own system refused, for a reason without a code of its own here.",
  },
  ownSystemPaused: {
    code: '7005',
    description: 'Система программы лояльности временно отключена после сбоев, повторите запрос позже',
    params: [],
    when: "After repeated failures of the company's own system the circuit breaker is open.",
  },
  databaseUnavailable: {
    code: '9001',
    description: 'Недоступен сервер баз данных',
    params: [],
    when: 'PostgreSQL cannot be reached, or refuses work.',
  },
  requestTimeout: {
    code: '9002',
    description: 'Запрос не выполнен за отведённое время, повторите его позже',
    params: [],
    when: 'The work took longer than the deadline of a request. Repeating any request is safe.',
  },
  tooManyConnections: {
    code: '9003',
    description: 'Открыто слишком много соединений, повторите запрос позже',
    params: [],
    when: 'The gateway has no room for another connection, in all or from this address. HTTP status 503, with Retry-After.',
  },
  internalError: {
    code: '9999',
    description: 'Внутренняя ошибка сервера',
    params: [],
    when: 'A fault of the gateway. The log has the details, the answer never does.',
  },
} as const satisfies Record<string, LoyaltyErrorRow>;
