import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CardProgramError } from '../card-program.error.js';
import {
  answer,
  hangUp,
  programmeAt,
  silence,
  startOwnSystem,
  type Behaviour,
  type OwnSystemStandIn,
} from './testing/own-system.js';

const FOUND_NOTHING = { kind: 'done', value: undefined };
const PROFILE = { phone: '79161234567' };

/** The failure a call ends with. */
async function failureOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => new Error('the call has an outcome'),
    (reason: unknown) => reason,
  );
  if (error instanceof CardProgramError) return error.failure;
  throw error;
}

describe('HttpCardProgram before an outage', () => {
  let system: OwnSystemStandIn;
  beforeEach(async () => {
    system = await startOwnSystem();
  });
  afterEach(() => system.stop());

  const findCard = (programme: ReturnType<typeof programmeAt>) => programme.findCard({ msisdn: PROFILE.phone });

  it('says so when no one listens', async () => {
    const gone = await startOwnSystem();
    await gone.stop();
    expect(await failureOf(findCard(programmeAt(gone.url)))).toBe('ownSystemUnavailable');
  });

  it.each<[string, Behaviour, string]>([
    ['hangs up', hangUp, 'ownSystemUnavailable'],
    ['answers 500', answer(500, { error: 'x' }), 'ownSystemUnavailable'],
    ['answers 503 without a body', answer(503), 'ownSystemUnavailable'],
    ['says nothing', silence, 'ownSystemTimeout'],
    ['stops in the middle', (response) => response.writeHead(200).write('{"card":'), 'ownSystemTimeout'],
  ])('repeats a read once when the system %s, and never a write', async (_what, behaviour, failure) => {
    system.behaviour = behaviour;
    const programme = programmeAt(system.url, { timeoutMs: failure === 'ownSystemTimeout' ? 150 : 10_000 });
    expect(await failureOf(findCard(programme))).toBe(failure);
    expect(system.calls).toHaveLength(2);
    expect(await failureOf(programme.issueCard(PROFILE))).toBe(failure);
    expect(system.calls).toHaveLength(3);
  });

  it('gives the outcome of the second try', async () => {
    system.behaviour = (response, call) =>
      (system.calls.length === 1 ? hangUp : answer(200, { card: null }))(response, call);
    expect(await findCard(programmeAt(system.url))).toEqual(FOUND_NOTHING);
  });

  it('keeps the deadline of the whole request, though a single call might take longer', async () => {
    system.behaviour = silence;
    const programme = programmeAt(system.url, { timeoutMs: 60_000, deadlineMs: 150 });
    expect(await failureOf(findCard(programme))).toBe('ownSystemTimeout');
  });

  describe('the circuit breaker', () => {
    /** Makes three calls at once, repeatedly, until the breaker admits one. */
    const untilTried = async (call: () => Promise<unknown>): Promise<string[]> => {
      for (;;) {
        const calls = [call(), call(), call()].map((one) => failureOf(one).catch(() => 'has an outcome'));
        const outcomes = await Promise.all(calls);
        if (outcomes.some((outcome) => outcome !== 'ownSystemPaused')) return outcomes;
        await nextTurn();
      }
    };

    it('asks no one any more after so many outages in a row', async () => {
      system.behaviour = answer(500);
      const programme = programmeAt(system.url, { pauseAfter: 3 });
      for (let turn = 0; turn < 3; turn += 1) {
        expect(await failureOf(programme.issueCard(PROFILE))).toBe('ownSystemUnavailable');
      }
      expect(await failureOf(programme.issueCard(PROFILE))).toBe('ownSystemPaused');
      expect(await failureOf(findCard(programme))).toBe('ownSystemPaused');
      expect(system.calls).toHaveLength(3);
    });

    it('reports the outage to the read that opened it', async () => {
      system.behaviour = answer(500);
      const programme = programmeAt(system.url, { pauseAfter: 1 });
      expect(await failureOf(findCard(programme))).toBe('ownSystemUnavailable');
      expect(system.calls).toHaveLength(1);
    });

    it('counts outages in a row only: an answer in between begins again', async () => {
      const programme = programmeAt(system.url, { pauseAfter: 2 });
      for (const behaviour of [answer(500), answer(401), answer(500), answer(204), answer(500)]) {
        system.behaviour = behaviour;
        await programme.issueReservedCard('0001', PROFILE).catch(() => undefined);
      }
      expect(system.calls).toHaveLength(5);
    });

    it('is not opened by answers against the rules, which may be one holder’s data', async () => {
      system.behaviour = answer(200, { card: 'none' });
      const programme = programmeAt(system.url, { pauseAfter: 1 });
      for (let turn = 0; turn < 3; turn += 1) {
        expect(await failureOf(findCard(programme))).toBe('ownSystemBadAnswer');
      }
    });

    it('half opens after the pause: one call tries, the others wait, and an outage opens it again', async () => {
      system.behaviour = answer(500);
      const programme = programmeAt(system.url, { pauseAfter: 1, pauseMs: 300 });
      await failureOf(programme.issueCard(PROFILE));
      const outcomes = await untilTried(() => programme.issueCard(PROFILE));
      // The pause may end between two of the three calls.
      expect(outcomes.sort()).toEqual(['ownSystemPaused', 'ownSystemPaused', 'ownSystemUnavailable']);
      expect(system.calls).toHaveLength(2);
    });

    it('closes when the call that tries has an outcome', async () => {
      system.behaviour = answer(500);
      const programme = programmeAt(system.url, { pauseAfter: 1, pauseMs: 100 });
      await failureOf(findCard(programme));
      system.behaviour = answer(200, { card: null });
      expect(await untilTried(() => findCard(programme))).toContain('has an outcome');
      expect(await Promise.all([findCard(programme), findCard(programme)])).toEqual([FOUND_NOTHING, FOUND_NOTHING]);
    });
  });
});
