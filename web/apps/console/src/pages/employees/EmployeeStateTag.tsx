import type { EmployeeView } from '@bole/api';
import { useTranslation } from 'react-i18next';

const tones: Record<EmployeeView['state'], string> = { upcoming: 'plain', probation: 'live', active: 'good', left: 'muted' };

export function EmployeeStateTag({ state }: { state: EmployeeView['state'] }) {
  const { t } = useTranslation();
  return <span className={`chip chip-${tones[state]}`}><span className="chip-dot" aria-hidden />{t(`employee_state.${state}`)}</span>;
}
