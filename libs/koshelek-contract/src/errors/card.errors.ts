import type { LoyaltyErrorRow } from './row.js';

/** 30xx: finding a card; 40xx: issuing one and changing its holder. */
export const CARD_ERRORS = {
  cardNotFound: {
    code: '3001',
    description: 'Карта с указанным номером не найдена',
    params: [],
    when: 'The card number in the path is not a card of this programme. (A search that finds nothing is no error.)',
  },
  cardBlocked: {
    code: '3002',
    description: 'Карта заблокирована программой лояльности',
    params: [],
    when: 'The card is blocked and the programme forbids showing, changing or issuing it.',
  },
  severalCardsMatch: {
    code: '3003',
    description: 'Параметрам поиска соответствует несколько разных карт',
    params: [],
    when: 'The parameters of a search lead to different cards and the programme does not choose one.',
  },
  cardNotReserved: {
    code: '4001',
    description: 'Номер карты не был зарезервирован',
    params: [],
    when: 'A card is issued under a number that is not reserved and not from an agreed pool.',
  },
  reservationExpired: {
    code: '4002',
    description: 'Срок резервирования номера карты истёк',
    params: [],
    when: 'A card is issued under a number whose reservation has lapsed.',
  },
  cardNumberTaken: {
    code: '4003',
    description: 'Номер карты уже выдан другому владельцу',
    params: [],
    when: 'A card is issued under a number that belongs to another holder.',
  },
  phoneOfAnotherCard: {
    code: '4004',
    description: 'Номер телефона (phone) принадлежит владельцу другой карты',
    params: [],
    when: 'A profile names a phone that is the phone of another card.',
  },
  emailOfAnotherCard: {
    code: '4005',
    description: 'Адрес электронной почты (email) принадлежит владельцу другой карты',
    params: [],
    when: 'A profile names an e-mail that is the e-mail of another card.',
  },
  noCardNumbersLeft: {
    code: '4006',
    description: 'Свободные номера карт закончились',
    params: [],
    when: 'The pool of card numbers is empty.',
  },
} as const satisfies Record<string, LoyaltyErrorRow>;
