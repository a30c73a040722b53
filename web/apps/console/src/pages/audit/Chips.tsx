import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/format';

function Chip({ tone, text }: { tone: string; text: string }) {
  return <span className={`chip chip-${tone}`}><span className="chip-dot" aria-hidden />{text}</span>;
}

export function OutcomeChip({ succeeded }: { succeeded: boolean }) {
  const { t } = useTranslation();
  return <Chip tone={succeeded ? 'plain' : 'bad'} text={t(succeeded ? 'audit.succeeded' : 'audit.failed')} />;
}

/** `short`: only the place, for lists. */
export function SealedChip({ index, short }: { index?: number | null; short?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  return index === undefined || index === null
    ? <Chip tone="live" text={t('audit.waiting')} />
    : <Chip tone="good" text={short ? format.whole(index) : t('audit.sealed', { index: format.whole(index) })} />;
}

export function SignatureChip({ valid }: { valid: boolean }) {
  const { t } = useTranslation();
  return <Chip tone={valid ? 'good' : 'bad'} text={t(valid ? 'audit.head_valid' : 'audit.head_invalid')} />;
}
