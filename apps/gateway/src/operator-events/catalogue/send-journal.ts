import type { Kinds } from './kind.js';

/** The files in which processes remember what they send. */
export const SEND_JOURNAL_KINDS = {
  'send-journal.unwritable': {
    severities: ['critical'],
    lasts: false,
    symptom: {
      en: 'A process cannot write its send journal and sends nothing.',
      ru: 'Процесс не может писать журнал отправок и ничего не отправляет.',
    },
    meaning: {
      en: 'The disk is full or the folder is not writable. Other processes send its orders.',
      ru: 'Диск заполнен или нет прав на папку. Заказы отправляют другие процессы.',
    },
    whatToDo: {
      en: 'Make room on the disk, or give the process the right to write in SEND_JOURNAL_DIR.',
      ru: 'Освободите место на диске или дайте процессу право писать в SEND_JOURNAL_DIR.',
    },
  },
  'send-journal.writable-again': {
    severities: ['info'],
    lasts: false,
    symptom: { en: 'The send journal can be written again.', ru: 'Журнал отправок снова пишется.' },
    meaning: { en: 'The process sends as before.', ru: 'Процесс отправляет как прежде.' },
    whatToDo: { en: 'Nothing.', ru: 'Ничего.' },
  },
  'send-journal.fault': {
    severities: ['warning'],
    lasts: false,
    symptom: { en: 'A send journal cannot be read in full.', ru: 'Журнал отправок не читается целиком.' },
    meaning: {
      en: 'Part of a file is damaged or not readable; what it remembers cannot be compared with the ledger.',
      ru: 'Часть файла повреждена или недоступна; то, что в ней записано, нельзя сверить с книгой.',
    },
    whatToDo: {
      en: 'Do what the event says; keep the file.',
      ru: 'Сделайте то, что сказано в событии; файл сохраните.',
    },
  },
  'send-journal.notice': {
    severities: ['info'],
    lasts: false,
    symptom: { en: 'A send journal has something to know of.', ru: 'В журнале отправок есть что-то примечательное.' },
    meaning: {
      en: 'For example a copy of a journal beside it, or lines that stand there twice. Everything was compared.',
      ru: 'Например, рядом лежит копия журнала или строки повторяются. Сверено всё.',
    },
    whatToDo: { en: 'Nothing, unless the event says so.', ru: 'Ничего, если в событии не сказано иное.' },
  },
} satisfies Kinds;
