import { Members } from './members.mjs';
import { answer, DONE, refuse } from './serve.mjs';

const OFFERS = [
  {
    id: 'coffee',
    title: 'Кофе в подарок',
    description: 'К любому завтраку',
    imageUrl: null,
    url: null,
    startDate: null,
    endDate: null,
  },
];
const PROMO_CODES = new Map([['WELCOME', 100]]);
const CASHBACK = 0.05;

/** The thirteen operations on the members of an invented shop. Yours do the same with your own data. */
export function createProgramme(members = new Members()) {
  const receipts = new Set();

  /** Continues with a card that can be shown and used. */
  const onCard = (number, goOn) => {
    const card = members.cards.get(number);
    if (card === undefined) return refuse('cardNotFound');
    return card.state === 'blocked' ? refuse('cardBlocked') : goOn(card);
  };
  const onHolder = ({ cardNumber, phone }, goOn) =>
    onCard(cardNumber ?? members.having('phone', phone)[0]?.number, goOn);
  const credit = (card, description, amount) => card.lots.push({ description, amount, validUntil: null });

  return {
    findCard(query) {
      const [card, other] = members.search(query);
      if (other !== undefined) return refuse('severalCardsMatch');
      if (card === undefined) return answer({ card: null });
      return card.state === 'blocked' ? refuse('cardBlocked') : answer({ card: show(card) });
    },

    setChannels({ cardNumber, allow, deny }) {
      // Also on a blocked card: a consent can always be withdrawn. Store when each was given; you may have to prove it.
      const card = members.cards.get(cardNumber);
      if (card === undefined) return refuse('cardNotFound');
      for (const channel of allow) card.channels[channel] = true;
      for (const channel of deny) card.channels[channel] = false;
      return DONE;
    },

    getCard: ({ cardNumber }) =>
      onCard(cardNumber, (card) => {
        const total = card.lots.reduce((sum, { amount }) => sum + amount, 0);
        return answer({ card: { ...show(card), bonus: { total, available: total, bonuses: card.lots } } });
      }),

    updateProfile: ({ cardNumber, profile }) =>
      onCard(cardNumber, (card) => {
        const conflict = members.conflict(profile, card);
        if (conflict !== undefined) return refuse(conflict);
        members.change(card, profile);
        return DONE;
      }),

    listPurchases: ({ cardNumber, startDate, endDate }) =>
      onCard(cardNumber, ({ purchases }) =>
        answer({
          // Dates of this form compare as text.
          purchases: purchases.filter(({ date }) => date >= startDate && (endDate === null || date <= endDate)),
        }),
      ),

    reserveCardNumber: () => answer({ card: show({ number: members.reserve(), state: 'active' }) }),

    issueReservedCard({ cardNumber, profile }) {
      const card = members.cards.get(cardNumber);
      // The call may be repeated: the same number and phone are done again.
      if (card?.profile.phone === profile.phone) return card.state === 'blocked' ? refuse('cardBlocked') : DONE;
      if (card !== undefined) return refuse('cardNumberTaken');
      const heldUntil = members.held.get(cardNumber);
      if (heldUntil === undefined) return refuse('cardNotReserved');
      if (heldUntil < Date.now()) return refuse('reservationExpired');
      const conflict = members.conflict(profile);
      if (conflict !== undefined) return refuse(conflict);
      members.add(cardNumber, profile);
      return DONE;
    },

    issueCard({ profile }) {
      // A holder who has a card gets the same one.
      const [known] = members.having('phone', profile.phone);
      if (known?.state === 'blocked') return refuse('cardBlocked');
      if (members.conflict(profile, known) !== undefined) return refuse('emailOfAnotherCard');
      return answer({ card: show(known ?? members.add(members.newNumber(), profile)) });
    },

    listOffers: ({ cardNumber }) => onCard(cardNumber, () => answer({ offers: OFFERS })),

    submitReceipt: ({ receipt, ...holder }) =>
      onHolder(holder, (card) => {
        if (receipt.operation === 'unknown') return DONE;
        if (receipt.operation !== 'sale') return refuse('receiptNotSale');
        const name = `${receipt.fiscalDrive} ${receipt.document} ${receipt.fiscalSign}`;
        if (receipts.has(name)) return refuse('receiptRepeated');
        receipts.add(name);
        // The sum is in kopecks, bonuses are whole roubles.
        credit(card, 'За чек', Math.floor((receipt.sum / 100) * CASHBACK));
        return DONE;
      }),

    submitPromoCode: ({ code, ...holder }) =>
      onHolder(holder, (card) => {
        const bonus = PROMO_CODES.get(code.toUpperCase());
        if (bonus === undefined) return refuse('promoCodeUnknown');
        if (card.promoCodes.includes(code.toUpperCase())) return refuse('promoCodeMemberLimit');
        card.promoCodes.push(code.toUpperCase());
        credit(card, 'Промокод', bonus);
        return DONE;
      }),

    // Methods 12 and 13 are optional. A programme without them leaves them out; the gateway then answers code 1104.
    listPhones: () => answer({ phones: [] }),
    listPhonesExtended: () => answer({ phones: [] }),
  };
}

function show({ number, state }) {
  return { cardNumber: number, cardState: state, barcode: { barcodeNumber: number, barcodeType: 'EAN_13' } };
}
