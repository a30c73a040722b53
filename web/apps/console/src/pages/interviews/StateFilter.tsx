import { useTranslation } from 'react-i18next';
import { enums } from '../../lib/enums';

const shown = enums.state.filter((state) => !['identified', 'consented'].includes(state));

/** The states as chips that can be pressed; one or none. */
export function StateFilter({ value, onChange }: { value?: string; onChange: (value: string | null) => void }) {
  const { t } = useTranslation();
  return (
    <div className="state-filter" role="group" aria-label={t('field.status')}>
      <button type="button" aria-pressed={!value} onClick={() => onChange(null)}>{t('interviews.all')}</button>
      {shown.map((state) => (
        <button type="button" key={state} aria-pressed={value === state} onClick={() => onChange(value === state ? null : state)}>{t(`state.${state}`)}</button>
      ))}
    </div>
  );
}
