using System.Diagnostics;
using Bot.CheckIns;
using Microsoft.EntityFrameworkCore;

namespace Bot.Benchmarks;

/// <summary>A thousand loops of ten people due in the same minute: how long until all their prompts are in the outbox. A measured scenario, not a microbenchmark.</summary>
internal static class DueAtOnce
{
    private const int Repetitions = 5;

    public static async Task MeasureAsync()
    {
        await using var seed = new BenchStore();
        await seed.SeedAsync(weeks: 0);
        var file = seed.Closed();
        var seconds = new List<double>();
        for (var i = 0; i <= Repetitions; i++)
        {
            await using var store = new BenchStore(file);
            store.Clock.Now = await store.AskAsync(db => db.Rounds.MaxAsync(r => r.OpensAt));
            var since = Stopwatch.GetTimestamp();
            await store.Get<DoWhatIsDue>().RunAsync(CancellationToken.None);
            var took = Stopwatch.GetElapsedTime(since).TotalSeconds;
            var prompts = await store.AskAsync(db => db.Outbox.CountAsync(o => o.Key.StartsWith("prompt:")));
            if (prompts != BenchStore.Loops * BenchStore.PeoplePerLoop)
            {
                throw new InvalidOperationException($"{prompts} prompts are in the outbox.");
            }

            // The first includes the start of everything, as after a deployment at the wrong minute; it is shown apart.
            Console.WriteLine($"{(i == 0 ? "cold" : $"run {i}")}: {took:0.00} s");
            if (i > 0)
            {
                seconds.Add(took);
            }
        }

        seconds.Sort();
        Console.WriteLine();
        Console.WriteLine("| 1,000 loops x 10 participants due at once, SQLite | median | min | max | aim |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        Console.WriteLine($"| all 10,000 prompts in the outbox | {seconds[Repetitions / 2]:0.00} s | {seconds[0]:0.00} s | {seconds[^1]:0.00} s | 5 s |");
        Console.WriteLine();
    }
}
