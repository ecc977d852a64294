/** A text that PostgreSQL keeps unchanged: it refuses NUL, and half a surrogate pair would come back as another character. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()
