namespace Bot.Host.Guard;

/// <summary>What every answer carries that says nothing else: nothing of it runs, is framed, is kept, or tells another site where it came from.</summary>
internal static class SafeHeaders
{
    private static readonly (string Name, string Value)[] Unless =
    [
        ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cache-Control", "no-store"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    public static Task AddAsync(HttpContext call, RequestDelegate next)
    {
        // At the last moment: whoever refuses a request clears what was set before.
        call.Response.OnStarting(static state =>
        {
            var headers = ((HttpContext)state).Response.Headers;
            foreach (var (name, value) in Unless)
            {
                headers.TryAdd(name, value);
            }

            return Task.CompletedTask;
        }, call);
        return next(call);
    }
}
