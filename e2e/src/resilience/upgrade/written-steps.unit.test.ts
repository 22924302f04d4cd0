import { describe, expect, it } from '@jest/globals';
import { followSteps, writtenSteps } from './written-steps.js';

describe('docs/upgrading.md', () => {
  it('has the steps that the drill does, with the commands that it runs', () => {
    const forward = writtenSteps('One release to the next');
    expect(forward.map(({ title }) => title)).toEqual(['Back up', 'Migrate', 'Replace the processes', 'Look']);
    expect(forward[1]?.commands).toEqual(['node apps/gateway/dist/migrate.js']);
    expect(forward[3]?.commands.map((command) => command.split(' ').at(-1))).toEqual([
      '$ADMIN/health',
      '$ADMIN/health/ready',
    ]);
    expect(writtenSteps('Back again').map(({ title }) => title)).toEqual([
      'Try the older program',
      'Replace the processes',
      'Look',
    ]);
  });

  it('is not followed when it has another step than was tried', async () => {
    const nothing = (): Promise<void> => Promise.resolve();
    await expect(followSteps('Back again', { Look: nothing }, () => undefined)).rejects.toThrow(
      'these have to be tried',
    );
  });
});
