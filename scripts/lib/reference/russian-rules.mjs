/** The rules of settings, as docs/ru/configuration.md says them; a rule that is not here stays in English. */
const RULES = [
  [/^a whole number from (\d+) to (\d+)$/, 'целое число от $1 до $2'],
  [/^one of (.+)$/, 'одно из: $1'],
  [/^a comma-separated choice of (.+)$/, 'через запятую из: $1'],
  [
    /^HTTP statuses from (\d+) to (\d+) separated by commas, or none$/,
    'статусы HTTP от $1 до $2 через запятую или none',
  ],
  [
    /^HTTP statuses from (\d+) to (\d+) separated by commas, such as (.+)$/,
    'статусы HTTP от $1 до $2 через запятую, например $3',
  ],
  [/^a language of two letters, such as ru$/, 'язык двумя буквами, например ru'],
  [/^a number of requests per second, from (.+) to (.+)$/, 'число запросов в секунду, от $1 до $2'],
  [
    /^a path below \/v1 such as (.+), which no other method has$/,
    'путь после /v1, например $1, которого нет у других методов',
  ],
  [/^a path such as (.+), without a trailing slash$/, 'путь, например $1, без косой черты в конце'],
  [
    /^addresses and networks of your own proxies such as (.+), none of them wider than \/8$/,
    'адреса и сети своих прокси, например $1, не шире /8',
  ],
  [/^an amount of roubles such as (.+) or (.+)$/, 'сумма в рублях, например $1 или $2'],
  [/^an http:\/\/ or https:\/\/ address$/, 'адрес http:// или https://'],
  [/^at least 32 characters without spaces$/, 'не короче 32 знаков, без пробелов'],
  [/^at least 32 characters, several keys separated by commas$/, 'не короче 32 знаков; несколько ключей через запятую'],
  [/^hold, or resend-after:SECONDS$/, 'hold или resend-after:СЕКУНДЫ'],
  [
    /^hours and a time zone, such as (.+), or (.+) past midnight$/,
    'часы и часовой пояс, например $1 или, через полночь, $2',
  ],
  [
    /^(login:password|name:secret|name:whsec_BASE64|name=https:\/\/…|name=value), several separated by commas$/,
    '$1, несколько через запятую',
  ],
  [/^names of JSON fields separated by commas$/, 'имена полей JSON через запятую'],
  [/^addresses such as (.+)$/, 'адреса, например $1'],
  [/^networks such as (.+)$/, 'сети, например $1'],
  [/^postgres, an http:\/\/ or https:\/\/ address, or (.+)$/, 'postgres, адрес http:// или https:// либо $1'],
  [
    /^result codes separated by commas, such as (.+), none of them 0$/,
    'коды ответа через запятую, например $1, но не 0',
  ],
  [
    /^seconds separated by commas, such as (.+), each at most (\d+) \(a week\)$/,
    'секунды через запятую, например $1, каждое не больше $2 (недели)',
  ],
  [
    /^seconds separated by commas, such as (.+), each from (.+) to (\d+)( \(a week\))?$/,
    'секунды через запятую, например $1, каждое от $2 до $3',
  ],
  [/^the API user name in the form (.+)$/, 'имя пользователя API в виде $1'],
  [/^the id of your service, such as (.+)$/, 'номер вашего сервиса, например $1'],
  [/^up to 40 digits$/, 'до 40 цифр'],
];

/** @param {string} rule as the complaint about another value says it */
export function inRussian(rule) {
  const found = RULES.find(([pattern]) => pattern.test(rule));
  return found === undefined ? rule : rule.replace(found[0], found[1]);
}
