import { CloseCircleFilled } from '@ant-design/icons';
import i18n from 'i18next';

/** For `allowClear` of an input: the cross says what it does. */
export const clearable = () => ({ clearIcon: <CloseCircleFilled aria-label={i18n.t('common.clear')} /> });
