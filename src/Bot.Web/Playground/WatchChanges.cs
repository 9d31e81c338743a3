using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Bot.Web.Playground;

/// <summary>Tells an open page, by server-sent events, that it is worth asking again. Ends when the host stops.</summary>
public static class WatchChanges
{
    /// <summary>Something stored may concern this page.</summary>
    public const string Changed = "changed";

    /// <summary>Nothing happened; keeps what stands between from closing a silent connection.</summary>
    public const string Alive = "alive";

    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(20);

    public static async Task<IResult> HandleAsync(HttpContext call, Pulse pulse, TimeProvider clock, IHostApplicationLifetime host)
    {
        await using var store = await call.StoreAsync();
        var person = call.Request.Query["as"].ToString();
        return await store.People.FindAsync([person], call.RequestAborted) is null
            ? Plain.NotFound()
            : TypedResults.ServerSentEvents(ChangesAsync(pulse, clock, host.ApplicationStopping, call.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<string>> ChangesAsync(
        Pulse pulse, TimeProvider clock, CancellationToken stopping, [EnumeratorCancellation] CancellationToken ct)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stopping, ct);
        var kind = Alive;
        while (!ends.IsCancellationRequested)
        {
            // Taken before telling: a change that comes while we tell is told next.
            var next = pulse.Next;
            yield return new SseItem<string>("", kind);
            await next.WaitAsync(LongestSilence, clock, ends.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            kind = next.IsCompleted ? Changed : Alive;
        }
    }
}
