using System.Diagnostics;
using Bot.Chat;

namespace Bot.Benchmarks;

/// <summary><c>/pilot status</c> through the router over a thousand loops with twenty answered weeks each.</summary>
internal static class StatusLatency
{
    private const int Weeks = 20;
    private const int Calls = 500;
    private const int Warming = 100;

    public static async Task MeasureAsync()
    {
        await using var store = new BenchStore();
        await store.SeedAsync(Weeks);
        Console.WriteLine($"| /pilot status, {BenchStore.Loops:N0} loops x {Weeks} weeks x {BenchStore.PeoplePerLoop} answers, SQLite | median | p99 | max | aim (median) |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        await RowAsync(store, "a member in the channel", admin: false, (_, _) => "status");
        await RowAsync(store, "a member by name, in a personal chat", admin: false, (_, loop) => $"status Initiative {loop:0000}", personal: true);
        await RowAsync(store, "an admin, who sees every loop, in the channel", admin: true, (_, _) => "status");
        await RowAsync(store, "an admin by name", admin: true, (_, loop) => $"status Initiative {loop:0000}");
        Console.WriteLine();
    }

    private static async Task RowAsync(BenchStore store, string who, bool admin, Func<Random, int, string> words, bool personal = false)
    {
        var handle = store.Get<HandleInbound>();
        var random = new Random(1);
        var milliseconds = new List<double>();
        for (var i = -Warming; i < Calls; i++)
        {
            var loop = random.Next(BenchStore.Loops);
            var person = new ChatPerson(admin ? "root" : $"p{loop}-{random.Next(BenchStore.PeoplePerLoop)}", IsAdmin: admin);
            var place = personal ? new Conversation("dm", ConversationKind.Personal) : new Conversation($"c{loop}", ConversationKind.Channel, $"c{loop}");
            var typed = new CommandTyped(new DeliveryId(Guid.NewGuid().ToString()), store.Workspace, person, place, words(random, loop));
            var since = Stopwatch.GetTimestamp();
            var reply = await handle(typed, CancellationToken.None);
            var took = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
            if (reply is not Reply.Whisper { Card.Name: "status" })
            {
                throw new InvalidOperationException($"{who}: {reply}");
            }

            if (i >= 0)
            {
                milliseconds.Add(took);
            }
        }

        milliseconds.Sort();
        Console.WriteLine($"| {who} | {milliseconds[Calls / 2]:0.0} ms | {milliseconds[Calls * 99 / 100]:0.0} ms | {milliseconds[^1]:0.0} ms | 10 ms |");
    }
}
