import { describe, expect, it } from '@jest/globals';
import { maskEmail, maskName, maskPhone } from './mask.js';

describe('what a list shows of a holder', () => {
  it('is of a phone the country and the last two digits', () => {
    expect(maskPhone('79161234567')).toBe('+7••••••••67');
    expect(maskPhone('3726123456')).toBe('+3•••••••56');
  });

  it('shows the first letter and the domain of an e-mail, whatever the local part', () => {
    expect(maskEmail('anna@example.com')).toBe('a•••@example.com');
    expect(maskEmail('a@example.com')).toBe('a•••@example.com');
    expect(maskEmail('😀x@example.com')).toBe('😀•••@example.com');
  });

  it('is of a name never the whole surname', () => {
    expect(maskName('Анна', 'Каренина')).toBe('Анна К.');
    expect(maskName(null, 'Каренина')).toBe('К.');
    expect(maskName('Анна', null)).toBe('Анна');
    expect(maskName(null, null)).toBeNull();
  });
});
