import { CheckCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { weightSum } from '../lib/weights';

/** The live sum of weights, and what is missing to 100 %. */
export function WeightSum({ weights }: { weights: number[] }) {
  const { t } = useTranslation();
  const sum = weightSum(weights);
  const right = sum === 100;
  const rest = Math.round((100 - sum) * 100) / 100;
  return (
    <span className={right ? 'weight-sum right' : 'weight-sum wrong'} role="status">
      <span aria-hidden>{right ? <CheckCircleFilled /> : <ExclamationCircleFilled />}</span>
      <span className="num">{t('weights.sum', { sum })}</span>
      {!right && <span>{rest > 0 ? t('weights.missing', { rest }) : t('weights.over', { rest: -rest })}</span>}
    </span>
  );
}
