import type { InBothLanguages } from '../../operator-events/catalogue/kind.js';

/** What to do about a red check, by its id or by what stands before the dot. */
const ADVICE: Readonly<Record<string, InBothLanguages>> = {
  'connection.https': {
    en: 'Кошелёк calls over HTTPS only. Put TLS_CERT_FILE and TLS_KEY_FILE, or a proxy with a certificate in front, and an https:// address into PUBLIC_URL.',
    ru: 'Кошелёк обращается только по HTTPS. Задайте TLS_CERT_FILE и TLS_KEY_FILE или поставьте впереди прокси с сертификатом, а в PUBLIC_URL укажите адрес https://.',
  },
  auth: {
    en: 'A proxy in front may keep the header Authorization for itself, or ask for a login of its own: let it pass everything below /v1 as it is. KOSHELEK_CREDENTIALS must be the same in every process.',
    ru: 'Возможно, прокси впереди забирает заголовок Authorization или сам спрашивает логин: пропускайте всё под /v1 без изменений. KOSHELEK_CREDENTIALS должны быть одинаковы во всех процессах.',
  },
  answer: {
    en: 'A proxy in front may change answers: error pages of its own, another Content-Type, a redirect. Let it pass status, headers and body as they are.',
    ru: 'Возможно, прокси впереди меняет ответы: свои страницы ошибок, другой Content-Type, перенаправление. Пропускайте статус, заголовки и тело без изменений.',
  },
  error: {
    en: 'A proxy in front may answer such requests itself. Let it pass every path, verb and body below /v1.',
    ru: 'Возможно, прокси впереди сам отвечает на такие запросы. Пропускайте любой путь, глагол и тело под /v1.',
  },
  path: {
    en: 'A proxy in front may rewrite paths. PUBLIC_URL is the part before /v1, and PUBLIC_BASE_PATH what of it reaches the gateway.',
    ru: 'Возможно, прокси впереди меняет пути. PUBLIC_URL – часть до /v1, PUBLIC_BASE_PATH – то, что из неё доходит до шлюза.',
  },
  reserve: {
    en: 'No number could be reserved. With KOSHELEK_CARD_NUMBERS=pool import further numbers.',
    ru: 'Номер не удалось зарезервировать. При KOSHELEK_CARD_NUMBERS=pool импортируйте ещё номера.',
  },
};

const PROGRAMME: InBothLanguages = {
  en: 'The gateway itself keeps this rule, so look at what is behind or before it: the own system (CARD_PROGRAM), or a proxy that changes requests or answers. `npm run koshelek:check` against the same address shows the calls.',
  ru: 'Сам шлюз это правило соблюдает, поэтому смотрите, что за ним или перед ним: собственная система (CARD_PROGRAM) или прокси, который меняет запросы или ответы. `npm run koshelek:check` с тем же адресом показывает вызовы.',
};

export function adviceFor(check: string): InBothLanguages {
  const [theme = ''] = check.split('.');
  return ADVICE[check] ?? ADVICE[theme] ?? PROGRAMME;
}
