import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readProfile } from '../index.js';

function refusal(body: unknown): { code: string; description: string } {
  const profile = readProfile(body);
  if (profile.ok) throw new Error('accepted');
  return profile.error;
}

describe('readProfile', () => {
  it('reads every field into its normal form', () => {
    const body = {
      firstname: ' Анна ',
      patronymic: 'Сергеевна',
      surname: "O'Нил",
      birthDate: '1990-01-01',
      sex: 'ж',
      phone: '+7 (916) 123-45-67',
      email: 'Anna@Example.com',
      countryCode: 'RU',
      locality: 'Санкт-Петербург',
    };
    expect(readProfile(body)).toEqual({
      ok: true,
      value: { ...body, firstname: 'Анна', sex: 'f', phone: '79161234567', email: 'anna@example.com' },
    });
  });

  it('matches names without regard to case and ignores unknown ones', () => {
    expect(readProfile({ firstName: 'Анна', birthdate: '1990-01-01', SurName: 'Ли', hat: 1 })).toEqual({
      ok: true,
      value: { firstname: 'Анна', birthDate: '1990-01-01', surname: 'Ли' },
    });
  });

  it('stores names and addresses without invisible characters', () => {
    const body = {
      firstname: '\ufeffАн\u200bна',
      surname: '\u200d',
      email: 'anna@example.com\u200b',
      phone: '\u202a79161234567\u202c',
    };
    expect(readProfile(body)).toEqual({
      ok: true,
      value: { firstname: 'Анна', email: 'anna@example.com', phone: '79161234567' },
    });
  });

  it.each([
    ['+789161118888', 'лишний префикс'],
    ['7 916 000 04 0', '11 цифр'],
    ['+89160000404', 'кода страны нет'],
  ])('says of the phone %j that it has: %s', (phone, why) => {
    expect(refusal({ phone })).toEqual({ code: '2101', description: expect.stringContaining(why) });
  });

  it('omits null and empty fields', () => {
    expect(readProfile({ firstname: '', surname: null, sex: ' ' })).toEqual({ ok: true, value: {} });
  });

  it.each([
    ['m', ['М', 'муж', 'Мужской', 'm', 'Male']],
    ['f', ['Ж', 'жен', 'Женский', 'F', 'female']],
  ])('reads the spellings of sex %s', (sex, spellings) => {
    for (const spelling of spellings) expect(readProfile({ sex: spelling })).toEqual({ ok: true, value: { sex } });
  });

  it('reads a phone that is a JSON number', () => {
    expect(readProfile({ phone: 79161234567 })).toEqual({ ok: true, value: { phone: '79161234567' } });
  });

  it.each([
    [{ firstname: 1 }, '2002', 'firstname'],
    [{ phone: 1.5 }, '2002', 'phone'],
    [{ email: ['a@b.ru'] }, '2002', 'email'],
    [{ surname: 'x'.repeat(51) }, '2003', 'surname'],
    [{ locality: 'a\u0000b' }, '2005', 'locality'],
    [{ firstname: 'Анна', firstName: 'Яна' }, '2006', 'firstname'],
    [{ sex: 'да' }, '2007', 'sex'],
    [{ phone: 'нет' }, '2101', 'phone'],
    [{ email: 'нет' }, '2102', 'email'],
    [{ birthdate: '1990-02-30' }, '2103', 'birthDate'],
  ])('refuses %j and names the field', (body, code, field) => {
    expect(refusal(body)).toEqual({ code, description: expect.stringContaining(` ${field} `) });
  });

  it('takes a field twice when both say the same', () => {
    expect(readProfile({ phone: '89161234567', Phone: '+79161234567' })).toEqual({
      ok: true,
      value: { phone: '79161234567' },
    });
  });

  it('never throws, for any body', () => {
    const body = fc.dictionary(fc.constantFrom('firstname', 'SEX', 'phone', 'email', '__proto__'), fc.anything());
    fc.assert(
      fc.property(fc.oneof(fc.anything(), body), (given) => {
        readProfile(given);
      }),
    );
  });
});
