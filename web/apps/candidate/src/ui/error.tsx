import { ApiError } from '../api/http';
import { FindKey, type I18n } from '../i18n';

/** A message a person can act on: our own words for known codes, else the server's about a field or the whole, else a general one. */
export function ErrorText(error: unknown, { t }: I18n): string {
  if (!(error instanceof ApiError)) return t('error.unexpected');
  const key = FindKey(`error.${error.code}`);
  if (key) return t(key, error.params as Record<string, string | number>);
  if (error.offline) return t('error.network.offline');
  return error.fields.map((field) => field.message).join(' ') || error.detail || t('error.unexpected');
}
