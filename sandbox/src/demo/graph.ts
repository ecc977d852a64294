/** Asks the running graph as a test person.
 *  @throws Error with the codes of what went wrong. */
export type Ask = <T>(person: string, query: string, variables?: object) => Promise<T>

export function graphAt(graphUrl: string, sandboxUrl: string): Ask {
  const tokenOf = async (person: string): Promise<string> => {
    const response = await fetch(`${sandboxUrl}/token?person=${person}`)
    if (!response.ok) throw new Error(`there is no test person ${person}`)
    return ((await response.json()) as { access_token: string }).access_token
  }
  return async <T>(person: string, query: string, variables: object = {}) => {
    const response = await fetch(graphUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await tokenOf(person)}` },
      body: JSON.stringify({ query, variables }),
    })
    const { data, errors } = (await response.json()) as { data?: T; errors?: { extensions?: { code?: string } }[] }
    if (!data || errors) throw new Error(`${person}: ${errors?.map(({ extensions }) => extensions?.code).join(', ')}`)
    return data
  }
}
