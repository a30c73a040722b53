import { describe, expect, it } from 'vitest';
import { englishNames } from './names';

describe('englishNames', () => {
  const name = englishNames([
    { id: 'bj', name: '北京分行', name_en: 'Beijing Branch' },
    { id: 'sz', name: '深圳分行', name_en: '' },
    { id: 't1', name: '柜员', name_en: 'Teller' },
    { id: 'm1', name: '经理', name_en: 'Manager' },
    { id: 'm2', name: '经理', name_en: 'Account Manager' },
    { id: 'c1', name: '客服', name_en: 'Service' },
    { id: 'c2', name: '客服', name_en: 'Service' },
    { id: 'd1', name: '主管', name_en: 'Supervisor' },
    { id: 'd2', name: '主管' },
    { id: 'd3', name: '主管', name_en: 'Supervisor' },
  ]);

  it('goes by the id, whatever the view calls it', () => {
    expect(name('bj', '北京分行')).toBe('Beijing Branch');
    expect(name('bj', '北京老分行')).toBe('Beijing Branch');
    expect(name('m2', '经理')).toBe('Account Manager');
  });

  it('keeps the given name of what has no English one or is not in sight', () => {
    expect(name('sz', '深圳分行')).toBe('深圳分行');
    expect(name('elsewhere', '柜员')).toBe('柜员');
    expect(englishNames([])('bj', '北京分行')).toBe('北京分行');
  });

  it('goes by the name where there is no id, unless it stands for several', () => {
    expect(name(undefined, '柜员')).toBe('Teller');
    expect(name(null, '客服')).toBe('Service');
    expect(name(undefined, '经理')).toBe('经理');
    expect(name(undefined, '主管')).toBe('主管');
  });

  it('is empty where there is no name at all', () => {
    expect(name(undefined, undefined)).toBe('');
    expect(name('', null)).toBe('');
  });
});
