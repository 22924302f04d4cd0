/** What each metric says, for docs/ru/metrics.md; the English text is in the source. */
export const METRICS_IN_RUSSIAN = {
  vestibule_alert_attempts_total:
    'Попытки доставить оповещение, по получателю и исходу: delivered или причина неудачи.',
  vestibule_alerts_waiting: 'Ещё не доставленные оповещения, по получателю; без базы – последнее известное число.',
  vestibule_build_info: '1, с версиями шлюза и Node.js.',
  vestibule_callback_attempt_duration_seconds:
    'Сколько длились попытки доставить обратный вызов, по тому, доставлен ли он.',
  vestibule_callback_attempts_total: 'Попытки доставить обратный вызов, по исходу.',
  vestibule_callbacks_pending: 'Обратные вызовы, которые не доставлены и не прекращены, включая выключенные адреса.',
  vestibule_callbacks_pending_oldest_age_seconds: 'Сколько ждёт самый старый из них; 0, если таких нет.',
  vestibule_clock_skew_seconds:
    'database: насколько часы процесса опережают часы PostgreSQL; partner: насколько PostgreSQL опережает Date в ответах.',
  vestibule_conditions:
    'Нарушения, которые мешают работе или её надёжности, по виду и важности: 1, пока нарушение длится.',
  vestibule_connections_refused_total:
    'Отвергнутые соединения, по порту и по тому, превышен предел одного адреса или общий.',
  vestibule_database_pool_connections: 'Соединения пула, по состоянию: busy, idle и max – сколько может быть.',
  vestibule_database_pool_waiting: 'Запросы к базе, которые ждут соединения.',
  vestibule_database_values_age_seconds:
    'Возраст значений, прочитанных из PostgreSQL или очереди: пока их нет, остаются последние.',
  vestibule_dictionary_age_seconds: 'Возраст каждого справочника Тройки Бизнес.',
  vestibule_fund_left_estimate_roubles:
    'Последнее чтение фонда за вычетом того, что подтверждено с тех пор (считается, только если задан TROIKA_FUND_FLOOR).',
  vestibule_fund_left_roubles: 'Остаток фонда по последнему чтению.',
  vestibule_fund_reading_age_seconds: 'Сколько времени прошло с последнего чтения фонда.',
  vestibule_fund_size_roubles: 'Размер гарантийного фонда.',
  vestibule_http_request_duration_seconds:
    'Запросы, на которые дан ответ, по порту, маршруту или методу контракта и классу статуса.',
  vestibule_import_lines_total:
    'Строки файлов, загруженных через этот процесс, по виду и по тому, что с ними стало; пробные загрузки не считаются.',
  vestibule_login_failures_total: 'Входы с неверным секретом, по порту и по тому, дан ответ сразу или с задержкой.',
  vestibule_loyalty_call_duration_seconds: 'Сколько длились вызовы Кошелька, по методу и исходу.',
  vestibule_loyalty_calls_total: 'Вызовы Кошелька, по методу и коду ошибки; ok, если ошибки нет.',
  vestibule_loyalty_calls_unrecorded_total:
    'Вызовы, которых не показывает GET /admin/loyalty/calls, потому что их было слишком много сразу.',
  vestibule_order_attempts_total: 'Попытки отправить заказ, по исходу и статусу, к которому он привёл.',
  vestibule_orders: 'Заказы, чей статус не окончательный или ждёт человека, по статусу.',
  vestibule_orders_oldest_age_seconds: 'Сколько самый старый заказ находится в своём статусе; 0, если таких нет.',
  vestibule_part_up:
    '1, пока часть, на которой стоит процесс или которую он вызывает, отвечает; 0, пока нет; нет значения, пока это неизвестно.',
  vestibule_partner_call_duration_seconds: 'Вызовы Тройки Бизнес, по методу и исходу.',
  vestibule_partner_refreshes_total: 'Чтения справочников и гарантийного фонда, по исходу.',
  vestibule_queue_jobs: 'Заказы в очереди, по состоянию задания: waiting, active, delayed или failed.',
  vestibule_rate_limiter_wait_seconds: 'Сколько ждал бы своей очереди вызов Тройки Бизнес, сделанный сейчас.',
  vestibule_sending_held: '1, пока заказы ждут, потому что фонд ниже порога.',
  vestibule_sending_stop_reasons: '1 для каждой причины, по которой заказы не отправляются.',
  vestibule_sending_stopped: '1, пока заказы не отправляются, по какой бы то ни было причине.',
  vestibule_tariff_changes_total:
    'Тарифы, у которых изменилась цена, исчезнувшие и появившиеся, по наблюдению процесса, который их прочитал.',
  vestibule_tracking_polls_total: 'Опросы оплаченных заказов, по результату.',
  vestibule_tracks: 'Оплаченные заказы, за которыми шлюз следит.',
  vestibule_tracks_due: 'Оплаченные заказы, которые уже пора было опросить.',
  vestibule_tracks_ended_total:
    'Заказы, которые больше не опрашиваются: завершённые или дошедшие до срока с открытыми билетами.',
  vestibule_tracks_oldest_lateness_seconds: 'Насколько просрочен самый первый опрос; 0, если таких нет.',
  vestibule_unknown_outcomes_in_a_row:
    'Сколько заказов подряд остались с неизвестным исходом после последнего верного ответа.',
};
