import type { Kinds } from './kind.js';

/** The database, the queue and the processes themselves. */
export const PROCESS_KINDS = {
  'database.fsync-off': {
    severities: ['critical'],
    lasts: true,
    symptom: { en: 'PostgreSQL runs with fsync = off.', ru: 'PostgreSQL работает с fsync = off.' },
    meaning: {
      en: 'When its machine fails, orders that were accepted and paid are lost and may be bought twice.',
      ru: 'При сбое машины принятые и оплаченные заказы пропадут и могут быть куплены дважды.',
    },
    whatToDo: { en: 'Set fsync = on and restart PostgreSQL.', ru: 'Установите fsync = on и перезапустите PostgreSQL.' },
  },
  'database.full-page-writes-off': {
    severities: ['critical'],
    lasts: true,
    symptom: {
      en: 'PostgreSQL runs with full_page_writes = off.',
      ru: 'PostgreSQL работает с full_page_writes = off.',
    },
    meaning: {
      en: 'When its machine fails, tables may be damaged.',
      ru: 'При сбое машины таблицы могут повредиться.',
    },
    whatToDo: { en: 'Set full_page_writes = on.', ru: 'Установите full_page_writes = on.' },
  },
  'database.read-only': {
    severities: ['critical'],
    lasts: true,
    symptom: { en: 'PostgreSQL takes no writes.', ru: 'PostgreSQL не принимает записи.' },
    meaning: {
      en: 'It is a standby, or default_transaction_read_only is on. Posts are answered 503, nothing is sent.',
      ru: 'Это реплика, либо включён default_transaction_read_only. На заказы отвечаем 503, ничего не отправляется.',
    },
    whatToDo: {
      en: 'Point DATABASE_URL at the primary, or switch the setting off.',
      ru: 'Направьте DATABASE_URL на основной сервер или выключите настройку.',
    },
  },
  'database.disk-full': {
    severities: ['critical'],
    lasts: true,
    symptom: { en: 'The disk of PostgreSQL is full or fails.', ru: 'Диск PostgreSQL заполнен или неисправен.' },
    meaning: { en: 'Posts are answered 503.', ru: 'На заказы отвечаем 503.' },
    whatToDo: { en: 'Make room on its disk.', ru: 'Освободите место на диске.' },
  },
  'database.out-of-resources': {
    severities: ['critical'],
    lasts: true,
    symptom: { en: 'PostgreSQL has reached one of its limits.', ru: 'PostgreSQL достиг одного из своих пределов.' },
    meaning: {
      en: 'Memory, shared memory or locks: some statements fail.',
      ru: 'Память, разделяемая память или блокировки: часть запросов не выполняется.',
    },
    whatToDo: { en: 'Its log names the limit; raise it.', ru: 'Предел назван в его журнале; поднимите его.' },
  },
  'database.too-many-connections': {
    severities: ['critical'],
    lasts: true,
    symptom: {
      en: 'PostgreSQL has no connection left for us.',
      ru: 'У PostgreSQL не осталось для нас соединений.',
    },
    meaning: { en: 'Some calls are answered 503.', ru: 'На часть запросов отвечаем 503.' },
    whatToDo: {
      en: 'Raise max_connections, or lower DATABASE_POOL_SIZE.',
      ru: 'Поднимите max_connections или уменьшите DATABASE_POOL_SIZE.',
    },
  },
  'database.pool-full': {
    severities: ['warning'],
    lasts: true,
    symptom: {
      en: 'All connections of a process to PostgreSQL are in use, and statements wait.',
      ru: 'Все соединения процесса с PostgreSQL заняты, запросы ждут.',
    },
    meaning: { en: 'Everything takes longer, answers included.', ru: 'Всё идёт медленнее, в том числе ответы.' },
    whatToDo: {
      en: 'Raise DATABASE_POOL_SIZE if PostgreSQL has room, or start another process; look for slow statements.',
      ru: 'Поднимите DATABASE_POOL_SIZE, если у PostgreSQL есть запас, или запустите ещё один процесс; поищите медленные запросы.',
    },
  },
  'disk.nearly-full': {
    severities: ['warning'],
    lasts: true,
    symptom: {
      en: 'A disk that a process writes to is nearly full.',
      ru: 'Диск, на который пишет процесс, почти заполнен.',
    },
    meaning: {
      en: 'Less than a tenth and less than 1 GiB is free. Without room for the send journal a process sends nothing.',
      ru: 'Свободно меньше десятой части и меньше 1 ГиБ. Без места для журнала отправок процесс не отправляет.',
    },
    whatToDo: {
      en: 'Make room on the disk of SEND_JOURNAL_DIR and DATA_DIR.',
      ru: 'Освободите место на диске SEND_JOURNAL_DIR и DATA_DIR.',
    },
  },
  'database.took-too-long': {
    severities: ['warning'],
    lasts: true,
    symptom: {
      en: 'A statement in PostgreSQL was ended at its limit of 30 s.',
      ru: 'Запрос к PostgreSQL прерван по пределу в 30 с.',
    },
    meaning: {
      en: 'Something holds a lock, or the server is overloaded.',
      ru: 'Что-то держит блокировку, либо сервер перегружен.',
    },
    whatToDo: { en: 'Look for locks in pg_stat_activity.', ru: 'Поищите блокировки в pg_stat_activity.' },
  },
  'queue.refuses': {
    severities: ['critical'],
    lasts: true,
    symptom: { en: 'Redis refuses commands of the queue.', ru: 'Redis отклоняет команды очереди.' },
    meaning: {
      en: 'It is a replica, it is full, the password is wrong, or rights are missing. Orders are kept in PostgreSQL and wait.',
      ru: 'Это реплика, он заполнен, пароль неверен или не хватает прав. Заказы сохранены в PostgreSQL и ждут.',
    },
    whatToDo: {
      en: 'The event names the commands and what to grant; correct REDIS_URL if the login is refused.',
      ru: 'В событии названы команды и нужные права; если отклонён вход, исправьте REDIS_URL.',
    },
  },
  'queue.evicts': {
    severities: ['warning', 'critical'],
    lasts: true,
    symptom: { en: 'Redis may throw jobs of the queue away.', ru: 'Redis может выбросить задания очереди.' },
    meaning: {
      en: 'No order is lost, because they are queued again from the ledger, but they leave later.',
      ru: 'Заказы не пропадут – очередь наполняется из книги, – но уйдут позже.',
    },
    whatToDo: { en: 'Set maxmemory-policy noeviction.', ru: 'Установите maxmemory-policy noeviction.' },
  },
  'process.stalled': {
    severities: ['warning'],
    lasts: true,
    symptom: { en: 'A process stood still for seconds.', ru: 'Процесс стоял несколько секунд.' },
    meaning: {
      en: 'It answered and sent nothing meanwhile: too little CPU or memory, or a machine that was paused.',
      ru: 'В это время он не отвечал и не отправлял: мало процессора или памяти, либо машина была приостановлена.',
    },
    whatToDo: {
      en: 'Look at CPU and memory of its machine, and at nodejs_eventloop_lag_*.',
      ru: 'Посмотрите на процессор и память машины и на nodejs_eventloop_lag_*.',
    },
  },
  'clock.skewed': {
    severities: ['warning'],
    lasts: true,
    symptom: {
      en: 'The clock of a process differs from that of PostgreSQL.',
      ru: 'Часы процесса расходятся с часами PostgreSQL.',
    },
    meaning: {
      en: 'Sending uses the time of PostgreSQL and continues. Beyond CLOCK_SKEW_LIMIT_SECS the process would send nothing.',
      ru: 'Отправка идёт по времени PostgreSQL и продолжается. За пределом CLOCK_SKEW_LIMIT_SECS процесс не отправлял бы.',
    },
    whatToDo: { en: 'Set the clock, for example with NTP.', ru: 'Настройте часы, например по NTP.' },
  },
  'clock.over-limit': {
    severities: ['critical'],
    lasts: true,
    symptom: {
      en: 'The clock of a process is so wrong that it sends nothing.',
      ru: 'Часы процесса настолько неверны, что он ничего не отправляет.',
    },
    meaning: {
      en: 'The difference is more than CLOCK_SKEW_LIMIT_SECS. Other processes send its orders.',
      ru: 'Расхождение больше CLOCK_SKEW_LIMIT_SECS. Заказы отправляют другие процессы.',
    },
    whatToDo: { en: 'Set the clock, for example with NTP.', ru: 'Настройте часы, например по NTP.' },
  },
} satisfies Kinds;
