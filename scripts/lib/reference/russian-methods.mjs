/** What each method is for, for docs/ru/loyalty-api.md; the English text is in the contract's table. */
export const METHODS_IN_RUSSIAN = {
  findCard: 'Найти карту человека по телефону, почте или дате рождения',
  setChannels: 'Записать каналы связи, которые держатель разрешил и запретил',
  getCard: 'Показать карту и баланс бонусов',
  updateProfile: 'Изменить анкету держателя',
  listPurchases: 'Показать покупки за период',
  reserveCardNumber: 'Зарезервировать номер карты примерно на час',
  issueReservedCard: 'Выпустить держателю зарезервированную карту (или карту из пула)',
  issueCard: 'Выпустить карту, номер которой назначает программа',
  listOffers: 'Показать держателю предложения',
  submitReceipt: 'Принять QR-код кассового чека, который отсканировал держатель',
  submitPromoCode: 'Принять промокод, который ввёл держатель',
  listPhones: 'Перечислить телефоны с особыми условиями',
  listPhonesExtended: 'Перечислить телефоны с особыми условиями и параметрами условий',
};
