import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../set-up.mjs';
import { inRussian } from './russian-rules.mjs';
import { code, otherLanguage, table } from './table.mjs';

const WORDS = {
  en: {
    title: 'Configuration',
    intro:
      'Every setting, from the classes that read them. [.env.example](../../.env.example) explains each one in full, and ' +
      '[the glossary](../glossary.md) what it is about. An empty value counts as unset. A setting with (*) is a secret: it also comes as a ' +
      'file, `NAME_FILE`, and is never shown.',
    head: ['setting', 'what it is about', 'type', 'default', 'unit', 'example'],
    groups: {
      ProcessEnvironment: 'The process, its listeners and its database',
      LoyaltyEnvironment: 'Кошелёк and the card programme',
      TroikaEnvironment: 'Тройка Бизнес and sending',
      CatalogEnvironment: 'Dictionaries and the guarantee fund',
      CallbacksEnvironment: 'Callbacks',
      AlertsEnvironment: 'Alerts',
      ExposureEnvironment: 'Who can reach it',
    },
    text: 'text',
    forms: ['an address', 'a path'],
    units: ['s', 'ms', 'days', '%', 'per second', 'roubles', 'per minute'],
  },
  ru: {
    title: 'Настройки',
    intro:
      'Все настройки, из классов, которые их читают. Каждая подробно описана в [.env.example](../../.env.example) (на английском), термины ' +
      '– в [глоссарии](../glossary.md). Пустое значение – то же, что отсутствие. Настройка со знаком (*) – секрет: её можно задать и ' +
      'файлом, `NAME_FILE`, и она нигде не показывается.',
    head: ['настройка', 'о чём', 'вид', 'по умолчанию', 'единица', 'пример'],
    groups: {
      ProcessEnvironment: 'Процесс, его порты и база',
      LoyaltyEnvironment: 'Кошелёк и программа лояльности',
      TroikaEnvironment: 'Тройка Бизнес и отправка',
      CatalogEnvironment: 'Справочники и гарантийный фонд',
      CallbacksEnvironment: 'Обратные вызовы',
      AlertsEnvironment: 'Оповещения',
      ExposureEnvironment: 'Кто до него дотянется',
    },
    text: 'текст',
    forms: ['адрес', 'путь'],
    units: ['с', 'мс', 'дни', '%', 'в секунду', 'рубли', 'в минуту'],
  },
};

/** By the end of the name, or a part of it. */
const UNITS = [
  /_SECS$/,
  /_MS$/,
  /_DAYS$/,
  /_PERCENT$/,
  /_PER_SECOND$/,
  /ROUBLES|_SUM$|FUND_(LOW|FLOOR)$/,
  /^LOGIN_FAILURES/,
];
/** An address, a path: by the end of the name. */
const FORMS = [/_URL$|_HOST$|(?:S|P|K)_PROXY$|_ENDPOINT$/, /_FILE$|_DIR$/];
/** For settings whose rule has no "such as". */
const EXAMPLES = {
  DATABASE_URL: 'postgres://vestibule@10.0.0.5:5432/vestibule',
  DATABASE_DIRECT_URL: 'postgres://vestibule@10.0.0.5:5432/vestibule',
  REDIS_URL: 'rediss://10.0.0.6:6379',
  KOSHELEK_CREDENTIALS: 'koshelek:SECRET',
  ORDERS_API_KEYS: 'shop:SECRET',
  ADMIN_API_KEYS: 'anna:SECRET',
  TROIKA_URL: 'https://business.example/api',
  TROIKA_API_PHONE: '+73946027654',
  TROIKA_SIGNATURE: 'hmac-sha256:base64',
  TROIKA_SIGNATURE_TEMPLATE: '{path}{body}',
  TROIKA_SIGNATURE_KEY: 'hex:SECRET',
  HTTPS_PROXY: 'http://10.0.0.9:3128',
  NO_PROXY: '10.0.0.0/8,cards.example',
  TROIKA_SEND_WINDOW: '08:00-23:00 Europe/Moscow',
  PUBLIC_BASE_PATH: '/cardsmobile',
  CARD_PROGRAM: 'https://cards.example/programme',
};

/** The page of all settings. */
export function configurationPage(language, { variables, termOf }) {
  const words = WORDS[language];
  const parts = [`# ${words.title}`, otherLanguage(language, 'configuration.md'), words.intro];
  for (const group of new Set(variables.map((variable) => variable.group))) {
    const rows = variables
      .filter((variable) => variable.group === group)
      .map(({ name, allowed, defaultText, isSecret }) => [
        `\`${name}\`${isSecret ? ' (*)' : ''}`,
        termOf(name)?.[language] ?? '–',
        typeOf(name, allowed, language),
        code(defaultText),
        words.units[UNITS.findIndex((unit) => unit.test(name))] ?? '–',
        code(exampleOf(name, allowed, defaultText)),
      ]);
    parts.push(`## ${words.groups[group] ?? group}`, table(words.head, rows));
  }
  return `${parts.join('\n\n')}\n`;
}

/** What its rule allows, or what its name says. */
function typeOf(name, allowed, language) {
  const { text, forms } = WORDS[language];
  if (allowed !== undefined) return language === 'ru' ? inRussian(allowed) : allowed;
  return forms[FORMS.findIndex((form) => form.test(name))] ?? text;
}

function exampleOf(name, allowed = '', defaultText = undefined) {
  const suchAs = /such as ([^\s;]+?)(?:,? |,?$)/.exec(allowed)?.[1];
  return EXAMPLES[name] ?? suchAs ?? exampleFile(name) ?? defaultText ?? /one of ([\w.-]+)/.exec(allowed)?.[1];
}

/** The value that .env.example has, if it has one. */
function exampleFile(name) {
  const text = readFileSync(join(ROOT, '.env.example'), 'utf8');
  return new RegExp(`^${name}=(.+)$`, 'm').exec(text)?.[1];
}
