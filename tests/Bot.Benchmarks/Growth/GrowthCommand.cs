using System.Diagnostics;
using Bot.Benchmarks.Load;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Links;
using Bot.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Benchmarks.Growth;

/// <summary><c>growth</c>: status, digest and the sweep over what is due, with more loops and with more weeks, on both databases, into docs/load.md.</summary>
internal static class GrowthCommand
{
    /// <summary>Of a sweep: as many as the product does in one save.</summary>
    private const int DueAtOnce = 50;
    private const int Calls = 60;

    /// <summary>More loops with ten weeks, more weeks with a thousand loops. Both at once would be sixty million answers.</summary>
    public static IReadOnlyList<(int Loops, int Weeks)> Grid { get; } = [(1000, 10), (10_000, 10), (100_000, 10), (1000, 100), (1000, 200)];

    /// <param name="words">The most loops and weeks, where not the whole grid is wanted.</param>
    /// <exception cref="ArgumentException">They are not two numbers.</exception>
    public static Task RunAsync(string[] words, ReportFile report, TimeProvider clock)
    {
        var (loops, weeks) = words switch
        {
            [] => (int.MaxValue, int.MaxValue),
            [var l, var w] when int.TryParse(l, out var mostLoops) && int.TryParse(w, out var mostWeeks) => (mostLoops, mostWeeks),
            _ => throw new ArgumentException("Not understood. growth [MOST_LOOPS MOST_WEEKS]"),
        };
        return RunAsync(
            [.. Grid.Where(point => point.Loops <= loops && point.Weeks <= weeks)], Calls, string.Join(' ', ["dotnet run -c Release --project tests/Bot.Benchmarks growth", .. words]), report, clock);
    }

    public static async Task RunAsync(IReadOnlyList<(int Loops, int Weeks)> grid, int calls, string command, ReportFile report, TimeProvider clock)
    {
        await using var postgres = await OwnPostgres.StartAsync();
        var circumstances = ReportFile.Circumstances(command, postgres.Is, clock);
        var points = new List<GrowthPoint>();
        foreach (var (loops, weeks) in grid)
        {
            var file = Path.Combine(Path.GetTempPath(), $"afterpilot-growth-{Guid.NewGuid():N}.db");
            try
            {
                points.Add(await MeasureAsync(new StoreAddress(Database.Sqlite, $"Data Source={file}"), loops, weeks, calls, countsPages: true));
            }
            finally
            {
                SqliteConnection.ClearAllPools();
                foreach (var suffix in new[] { "", "-wal", "-shm" })
                {
                    File.Delete(file + suffix);
                }
            }

            points.Add(await MeasureAsync(StoreAddress.Postgres(await postgres.DatabaseAsync())!, loops, weeks, calls, countsPages: postgres.Postmaster is not null));
        }

        GrowthReport.Write(report, circumstances, points);
    }

    private static async Task<GrowthPoint> MeasureAsync(StoreAddress store, int loops, int weeks, int calls, bool countsPages)
    {
        var since = Stopwatch.GetTimestamp();
        var (clock, pages) = (new StandingClock { Now = BenchStore.Start }, new PagesRead());
        await using var services = new ServiceCollection().AddLogging().AddStore(store).AddBot()
            .AddSingleton<TimeProvider>(clock).AddSingleton<IAlarm, SilentAlarm>().AddSingleton<ILinks, NoLinks>()
            .ConfigureDbContext<BotDb>(options => options.AddInterceptors(pages)).BuildServiceProvider();
        var rows = await AskAsync(services, async db =>
        {
            await db.Database.MigrateStoreAsync(CancellationToken.None);
            var written = await new GrowthSeed(loops, weeks, clock.Now).WriteAsync(db);
            // As its own upkeep does sooner or later.
            await db.Database.ExecuteSqlAsync($"ANALYZE");
            return written;
        });
        Console.WriteLine($"{store.Database}, {loops:N0} loops x {weeks} weeks: {rows:N0} rows in {Stopwatch.GetElapsedTime(since).TotalSeconds:0} s");

        var handle = services.GetRequiredService<HandleInbound>();
        var due = services.GetRequiredService<DoWhatIsDue>();
        var costs = new Dictionary<string, Cost>
        {
            ["status"] = await CostAsync(calls, i => TypeAsync(handle, "status", i * 7919 % loops)),
            ["digest"] = await CostAsync(calls, i => TypeAsync(handle, "digest", i * 7907 % loops)),
            ["sweep, nothing due"] = await CostAsync(calls, _ => due.RunAsync(CancellationToken.None)),
            ["sweep, 50 rounds due"] = await CostAsync(Math.Min(calls / 2, loops / DueAtOnce), _ => due.RunAsync(CancellationToken.None), MakeDueAsync),
        };
        return new GrowthPoint(store.Database, loops, weeks, rows, costs);

        Task<int> MakeDueAsync(int i) => AskAsync(services, db =>
        {
            var ids = Enumerable.Range(i * DueAtOnce, DueAtOnce).Select(GrowthSeed.Planned).ToList();
            return db.RoundSteps.Where(s => ids.Contains(s.RoundId) && s.Step == Step.Open).ExecuteUpdateAsync(set => set.SetProperty(s => s.DueAt, clock.Now));
        });

        async Task<Cost> CostAsync(int count, Func<int, Task> call, Func<int, Task>? before = null)
        {
            var milliseconds = new List<double>();
            var read = 0.0;
            // The first quarter warms.
            for (var i = 0; i < count; i++)
            {
                await (before?.Invoke(i) ?? Task.CompletedTask);
                await TakePagesAsync();
                var at = Stopwatch.GetTimestamp();
                await call(i);
                var took = Stopwatch.GetElapsedTime(at).TotalMilliseconds;
                var looked = await TakePagesAsync();
                if (i >= count / 4)
                {
                    milliseconds.Add(took);
                    read += looked;
                }
            }

            milliseconds.Sort();
            return new Cost(milliseconds[milliseconds.Count / 2], read / milliseconds.Count);
        }

        async Task<double> TakePagesAsync()
        {
            if (store.Database == Database.Sqlite)
            {
                return pages.Take();
            }

            return !countsPages ? double.NaN : await AskAsync(services, async db =>
            {
                var looked = await PagesRead.OfServerAsync(db);
                await TopStatements.ForgetAsync(db);
                return looked;
            });
        }
    }

    private static async Task TypeAsync(HandleInbound handle, string word, int loop)
    {
        var reply = await handle(
            new CommandTyped(new DeliveryId(Guid.NewGuid().ToString()), GrowthSeed.Ref, new ChatPerson($"p{loop}-1"), new Conversation($"c{loop}", ConversationKind.Channel, $"c{loop}"), word), CancellationToken.None);
        if (reply is not Reply.Whisper { Card.Name: var name } || name != word)
        {
            throw new InvalidOperationException($"{word}: {reply}");
        }
    }

    private static async Task<T> AskAsync<T>(ServiceProvider services, Func<BotDb, Task<T>> ask)
    {
        await using var scope = services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<BotDb>());
    }
}

/// <param name="Milliseconds">Median.</param>
/// <param name="Pages">Of the store, looked at; mean. Not a number on a server that is not ours.</param>
internal sealed record Cost(double Milliseconds, double Pages);

internal sealed record GrowthPoint(Database Database, int Loops, int Weeks, long Rows, IReadOnlyDictionary<string, Cost> Costs);
