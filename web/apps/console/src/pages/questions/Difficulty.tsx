import { useTranslation } from 'react-i18next';

export function Difficulty({ level }: { level: number }) {
  const { t } = useTranslation();
  return (
    <span className="difficulty" title={t('questions.difficulty_level', { level })}>
      {[1, 2, 3, 4, 5].map((step) => <i key={step} className={step <= level ? 'on' : ''} aria-hidden />)}
      <span className="sr-only">{t('questions.difficulty_level', { level })}</span>
    </span>
  );
}
