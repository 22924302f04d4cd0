import type pg from 'pg';
import { nameOfPerson } from '../../../audit/name-of-person.js';
import { describeSending } from '../guard/describe-sending.js';
import type { SendingReport } from '../guard/sending-report.js';
import { resumeSending } from '../guard/resume-sending.js';
import { stopSendingByHand } from '../guard/stop-sending.js';
import type { LedgerCommand } from './read-ledger-command.js';

type DatabaseCommand = Extract<LedgerCommand, { kind: 'status' | 'stop' | 'resume' }>;

/**
 * Runs a person's command and prints the resulting state.
 *
 * @returns the exit code
 */
export async function runLedgerCommand(
  pool: pg.Pool,
  command: DatabaseCommand,
  write: (line: string) => void,
): Promise<number> {
  switch (command.kind) {
    case 'status': {
      const report = await describeSending(pool);
      describe(report).forEach(write);
      return report.state === 'open' ? 0 : 1;
    }
    case 'stop': {
      const isNew = await stopSendingByHand(pool, { who: nameOfPerson(), why: command.why });
      write(isNew ? 'Sending is stopped now.' : 'Sending was stopped before; nothing was changed.');
      break;
    }
    case 'resume': {
      const outcome = await resumeSending(
        pool,
        { sentUntil: command.sentUntil },
        { who: nameOfPerson(), why: command.why },
      );
      if (outcome.kind === 'not-yet') {
        write('--sent-until lies in the future of the database’s clock; nothing was changed.');
        return 1;
      }
      write(
        outcome.kind === 'was-open'
          ? 'Sending was open; nothing was changed.'
          : `Sending continues. Orders that are unknown now instead of being sent: ${outcome.madeUnknown}.`,
      );
      break;
    }
  }
  describe(await describeSending(pool)).forEach(write);
  return 0;
}

function describe(report: SendingReport): string[] {
  const { identity, journals, ordersInDoubt, workers } = report;
  return [
    `sending            ${report.state}${report.reason === null ? '' : `, ${report.reason}`}`,
    `since              ${report.since.toISOString()}${report.by === null ? '' : ` by ${report.by}`}`,
    ...(report.why === null ? [] : [`why                ${report.why}`]),
    ...(report.message === null ? [] : [`found              ${report.message}`]),
    ...(report.continuesByItself
      ? ['                   opens by itself once every worker has compared its journal']
      : []),
    `ledger             ${identity.ledgerId}, taken for the true one since ${identity.since}`,
    ...(identity.differs.length === 0 ? [] : [`differs            ${identity.differs.join(', ')}`]),
    ...(identity.notChecked.length === 0 ? [] : [`not checked        ${identity.notChecked.join(', ')}`]),
    `send journals      ${journals.seen} seen, ${journals.missing} attempts missing here, ${journals.strangers} orders unknown here`,
    `last attempt       ${journals.lastAttemptAt ?? 'none remembered'}`,
    ...journals.faults.map((fault) => `damaged            ${fault}`),
    ...(ordersInDoubt === null
      ? []
      : [
          `orders in doubt    ${ordersInDoubt.count}, about ${ordersInDoubt.roubles} roubles` +
            (ordersInDoubt.withoutPrice === 0 ? '' : ` and ${ordersInDoubt.withoutPrice} without a known price`),
        ]),
    ...workers.map(
      ({ host, pid, isAlive, hasCompared, isClean, heldBecause }) =>
        `worker             ${host} ${pid}: ${isAlive ? 'alive' : 'silent'}, ${hasCompared ? 'compared' : 'not compared'}` +
        `${hasCompared && isClean ? ', nothing missing' : ''}${heldBecause.map((cause) => `; ${cause}`).join('')}`,
    ),
  ];
}
