using System.Diagnostics;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Slack;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Benchmarks.Load;

/// <summary>One run: a database, the hosts on it, everything due at once, and answers while it goes out. Whatever was lost, doubled or not kept makes it fail.</summary>
internal sealed class LoadRun(LoadPlan plan, OwnPostgres postgres, string logs, TimeProvider clock)
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";

    /// <summary>Answers begin when this many people have their prompt: one of twenty, and more than can be answering at once.</summary>
    private readonly int _first = Math.Min(plan.Prompts, Math.Max(plan.Prompts / 20, plan.Rate * 4));
    private readonly TimeSpan _patience = TimeSpan.FromMinutes(10) + plan.Answering;

    /// <exception cref="InvalidOperationException">A prompt did not come, or came twice; an answer that was taken is not there.</exception>
    public async Task<LoadOutcome> RunAsync()
    {
        var connection = await postgres.DatabaseAsync();
        var store = StoreAddress.Postgres(connection)!;
        await using var stub = await StubSlack.StartAsync(plan.Median, clock);
        var settings = Settings(stub, connection);
        var running = new List<LoadedHost>();
        try
        {
            for (var number = 1; number <= plan.Hosts; number++)
            {
                running.Add(await LoadedHost.StartReadyAsync(Path.Combine(logs, $"{plan.Short}-host-{number}.log"), settings));
            }

            var seed = new LoadSeed(plan, store, new SlackOptions { SigningSecret = Secret, ClientId = "load", ClientSecret = "load", ApiUrl = stub.ApiUrl }, clock);
            await seed.WriteAsync();
            return await MeasureAsync(stub, seed, running);
        }
        finally
        {
            foreach (var host in running)
            {
                await host.DisposeAsync();
            }
        }
    }

    private async Task<LoadOutcome> MeasureAsync(StubSlack stub, LoadSeed seed, List<LoadedHost> running)
    {
        using var answers = new SendAnswers(running.ConvertAll(host => host.Address), Secret, plan.Rate, clock);
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var told = 0;
        stub.PersonTold = (user, prompt) =>
        {
            answers.Reach(seed.People[user], prompt);
            var count = Interlocked.Increment(ref told);
            if (count == _first)
            {
                begin.SetResult();
            }

            if (count == plan.Prompts)
            {
                all.SetResult();
            }
        };
        var watch = new WatchProcesses(Watched(running), clock);
        using var watching = new CancellationTokenSource();
        var watched = watch.RunAsync(watching.Token);
        var due = await seed.OpenAsync();
        var since = Stopwatch.GetTimestamp();
        await begin.Task.WaitAsync(_patience, clock);
        var answersFrom = Stopwatch.GetElapsedTime(since);
        await Task.WhenAll(plan.Rate > 0 ? answers.RunAsync(plan.Answering) : Task.CompletedTask, all.Task.WaitAsync(_patience, clock));
        await watching.CancelAsync();
        await watched;
        await using var db = seed.Open();
        await EverythingIsThereAsync(db, stub, seed);
        return await ReadAsync(db, stub, answers, watch, due, answersFrom);
    }

    private Dictionary<string, Func<IEnumerable<int>>> Watched(List<LoadedHost> running)
    {
        var watched = running.Select((host, i) => (host, i)).ToDictionary(h => $"host {h.i + 1}", h => (Func<IEnumerable<int>>)(() => [h.host.Id]));
        if (postgres.Postmaster is { } postmaster)
        {
            watched["PostgreSQL"] = () => WatchProcesses.Family(postmaster);
        }

        watched["generator and stub"] = () => [Environment.ProcessId];
        return watched;
    }

    private async Task<LoadOutcome> ReadAsync(BotDb db, StubSlack stub, SendAnswers answers, WatchProcesses watch, DateTimeOffset due, TimeSpan answersFrom)
    {
        var opened = await db.RoundSteps.Where(s => s.Step == Step.Open).Select(s => s.DoneAt!.Value).ToListAsync();
        var queued = await db.Outbox.Where(o => o.Key.StartsWith("prompt:") && o.Updates == null).MaxAsync(o => o.CreatedAt);
        return new LoadOutcome(
            plan, due, [.. opened.Select(at => at - due).Order()], queued - due, [.. stub.Posts.Where(post => post.Key[0] == 'U').Select(post => post.Value.At - due).Order()],
            answersFrom, answers.Minutes.OrderBy(minute => minute.Key).Select(minute => minute.Value).ToList(), watch.Samples,
            await db.Outbox.CountAsync(o => o.State == OutboxState.Waiting), new Dictionary<string, int>(stub.Calls), await TopStatements.ReadAsync(db, postgres));
    }

    private async Task EverythingIsThereAsync(BotDb db, StubSlack stub, LoadSeed seed)
    {
        var prompts = await db.Outbox.CountAsync(o => o.Key.StartsWith("prompt:") && o.Updates == null);
        var posted = stub.Posts.Where(post => post.Key[0] == 'U').ToList();
        Refuse(prompts != plan.Prompts, $"{prompts} prompts are in the outbox.");
        Refuse(posted.Count != plan.Prompts, $"{posted.Count} people have their prompt.");
        Refuse(posted.Exists(post => post.Value.Times > 1), $"{posted.Count(post => post.Value.Times > 1)} people have it more than once.");

        var kept = await (
            from answer in db.Answers
            join person in db.People on answer.PersonId equals person.Id
            select new { person.ExternalId, answer.Comment }).ToDictionaryAsync(a => a.ExternalId, a => long.Parse(a.Comment!.Split(' ')[1]));
        var lost = seed.People.Values.Where(who => who.Taken > 0 && !(kept.TryGetValue(who.User, out var there) && (there == who.Taken || who.Unknown.Contains(there)))).ToList();
        Refuse(lost.Count > 0, $"{lost.Count} answers that were taken are not in the store, {string.Join(", ", lost.Take(3).Select(who => $"{who.Taken} of {who.User}"))} for instance.");
    }

    private static void Refuse(bool wrong, string what)
    {
        if (wrong)
        {
            throw new InvalidOperationException(what);
        }
    }

    private static Dictionary<string, string> Settings(StubSlack stub, string connection) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["Store__Provider"] = "postgres",
        ["Store__ConnectionString"] = connection,
        ["Slack__ApiUrl"] = stub.ApiUrl.AbsoluteUri,
        ["Slack__ClientId"] = "load",
        ["Slack__ClientSecret"] = "load",
        ["Slack__SigningSecret"] = Secret,
    };
}

/// <summary>What one run came to.</summary>
/// <param name="Due">When everything fell due; all times count from it.</param>
/// <param name="Opened">When each loop's round was opened.</param>
/// <param name="Queued">When the last prompt was in the outbox.</param>
/// <param name="Delivered">When each prompt was with the platform.</param>
/// <param name="AnswersFrom">When answers began.</param>
/// <param name="Waiting">Cards in the outbox at the end.</param>
/// <param name="Calls">To the platform, by method.</param>
internal sealed record LoadOutcome(
    LoadPlan Plan, DateTimeOffset Due, IReadOnlyList<TimeSpan> Opened, TimeSpan Queued, IReadOnlyList<TimeSpan> Delivered, TimeSpan AnswersFrom, IReadOnlyList<Minute> Minutes,
    IReadOnlyList<Sample> Samples, int Waiting, IReadOnlyDictionary<string, int> Calls, IReadOnlyList<Statement> Statements);
