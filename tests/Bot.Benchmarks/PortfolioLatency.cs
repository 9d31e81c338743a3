using System.Diagnostics;
using Bot.Chat;

namespace Bot.Benchmarks;

/// <summary><c>/pilot portfolio</c> through the router, over a thousand initiatives with twenty answered weeks each.</summary>
internal static class PortfolioLatency
{
    private const int Weeks = 20;
    private const int Calls = 20;
    private const int Warming = 10;

    public static async Task MeasureAsync()
    {
        await using var store = new BenchStore();
        await store.SeedAsync(Weeks);
        await TypeAsync(store, "portfolio here");
        var milliseconds = new List<double>();
        for (var i = -Warming; i < Calls; i++)
        {
            var since = Stopwatch.GetTimestamp();
            var reply = await TypeAsync(store, "portfolio");
            var took = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
            if (reply is not Reply.Whisper { Card.Name: "portfolio" })
            {
                throw new InvalidOperationException(reply.ToString());
            }

            if (i >= 0)
            {
                milliseconds.Add(took);
            }
        }

        milliseconds.Sort();
        Console.WriteLine($"| /pilot portfolio, {BenchStore.Loops:N0} initiatives x {Weeks} weeks x {BenchStore.PeoplePerLoop} answers, SQLite | median | max |");
        Console.WriteLine("| --- | --- | --- |");
        Console.WriteLine($"| an admin | {milliseconds[Calls / 2]:0} ms | {milliseconds[^1]:0} ms |");
        Console.WriteLine();
    }

    private static Task<Reply> TypeAsync(BenchStore store, string words) => store.Get<HandleInbound>()(
        new CommandTyped(
            new DeliveryId(Guid.NewGuid().ToString()), store.Workspace, new ChatPerson("root", IsAdmin: true), new Conversation("c0", ConversationKind.Channel, "c0"), words),
        CancellationToken.None);
}
