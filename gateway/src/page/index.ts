import type { ServerResponse } from 'node:http'

/** The page at `/`, and what it loads. */
export interface Page {
  /** False when the path is not of the page. */
  serve(path: string, response: ServerResponse): boolean
}

export async function graphiqlPage(_: { loginUrl: string | undefined }): Promise<Page> {
  return { serve: () => false }
}
