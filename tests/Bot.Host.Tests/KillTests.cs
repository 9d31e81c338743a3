using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Bot.Delivery;
using Bot.Web.Playground.Store;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace Bot.Host.Tests;

// The process dies at any line: every participant still gets exactly one prompt, and what was confirmed stays.
public sealed class KillTests(ITestOutputHelper say)
{
    private const int People = 200;
    private const int Loops = 8;
    private const int Kills = 20;
    private const int Answering = 4;

    [Fact]
    public async Task Killed_at_random_moments_it_asks_everybody_exactly_once_and_loses_no_confirmed_answer()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        using var store = new StoreFile();
        await Crowd.SeedAsync(store, People, Loops);
        var answers = new Answers();
        var (duringPrompts, duringAnswers) = (0, 0);

        for (var kill = 0; kill < Kills; kill++)
        {
            await using var host = await HostProcess.StartAsync(store.Path);
            using var leaving = new CancellationTokenSource();
            var crowd = Enumerable.Range(0, Answering).Select(lane => answers.GiveAsync(host.Address, store, lane, new Random(random.Next()), leaving.Token)).ToList();
            await AMomentAsync(store, random, answers, promptsLeft: kill < Kills / 2);
            var underWay = answers.UnderWay;
            await host.KillAsync();
            await leaving.CancelAsync();
            await Task.WhenAll(crowd);
            var reached = await PromptsAsync(store);
            duringPrompts += reached.Count < People ? 1 : 0;
            duringAnswers += underWay > 0 ? 1 : 0;
            say.WriteLine($"Kill {kill + 1}: {reached.Count} prompts out, {underWay} answers under way, {answers.Confirmed.Count} people confirmed");
        }

        await using (var last = await HostProcess.StartAsync(store.Path))
        {
            await Eventually.HoldsAsync($"everybody is asked (seed {seed})", async () => (await PromptsAsync(store)).Count >= People);
            await Eventually.HoldsAsync($"nothing waits (seed {seed})", async () => await WaitingAsync(store) == 0);
            Assert.Equal(0, await last.StopAsync());
        }

        var asked = (await PromptsAsync(store)).Select(p => p.ConversationId).Order().ToList();
        Assert.True(asked.SequenceEqual(Enumerable.Range(0, People).Select(i => "dm-" + Crowd.Name(i))), $"Everybody is asked once (seed {seed}): {string.Join(' ', asked)}");
        await AnswersAreKeptAsync(store, answers, seed);
        Assert.True(duringPrompts >= 4, $"Only {duringPrompts} kills came while prompts were going out (seed {seed})");
        Assert.True(duringAnswers >= 4, $"Only {duringAnswers} kills came while answers were being sent (seed {seed})");
    }

    /// <summary>Somewhere between just having started and a few prompts or answers later.</summary>
    private static async Task AMomentAsync(StoreFile store, Random random, Answers answers, bool promptsLeft)
    {
        var (prompts, given) = ((await PromptsAsync(store)).Count + random.Next(1, 2 * People / Kills), answers.Total + random.Next(1, 6));
        var (quickly, late) = (random.Next(6) == 0, TimeSpan.FromMilliseconds(random.Next(1000)));
        var since = Stopwatch.GetTimestamp();
        await Eventually.BecomesAsync(
            async () => quickly ? Stopwatch.GetElapsedTime(since) > late
                : promptsLeft ? (await PromptsAsync(store)).Count >= Math.Min(prompts, People)
                : answers.Total >= given,
            within: TimeSpan.FromSeconds(10));
    }

    private static async Task AnswersAreKeptAsync(StoreFile store, Answers answers, int seed)
    {
        var kept = await store.AskAsync(db => (
            from answer in db.Answers
            join person in db.People on answer.PersonId equals person.Id
            select new { person.ExternalId, answer.Comment }).ToListAsync());
        Assert.True(kept.Select(a => a.ExternalId).Distinct().Count() == kept.Count, $"Nobody has two answers in one round (seed {seed})");
        Assert.True(answers.Confirmed.Count >= Kills / 2, $"Only {answers.Confirmed.Count} people got an answer through (seed {seed})");
        foreach (var (person, confirmed) in answers.Confirmed)
        {
            var text = kept.SingleOrDefault(a => a.ExternalId == person)?.Comment;
            Assert.True(
                text is not null && int.Parse(text.Split(' ')[^1]) >= confirmed,
                $"{person} was told that attempt {confirmed} is saved; the store has {text ?? "nothing"} (seed {seed})");
        }
    }

    /// <summary>Each message of the bot in somebody's own chat: the prompts, and nothing else is due.</summary>
    private static Task<List<PlaygroundMessage>> PromptsAsync(StoreFile store) => store.AskPlaygroundAsync(db =>
        db.Messages.AsNoTracking().Where(m => m.ConversationId.StartsWith("dm-") && m.FromId == null && m.VisibleTo == null).ToListAsync());

    private static Task<int> WaitingAsync(StoreFile store) => store.AskAsync(db => db.Outbox.CountAsync(o => o.State == OutboxState.Waiting));

    /// <summary>People who answer and change their minds for as long as there is a host, and remember what they were told is saved.</summary>
    private sealed class Answers
    {
        private readonly ConcurrentDictionary<string, string> _open = new();
        private int _attempts;
        private int _underWay;
        private int _total;

        /// <summary>By person, the last attempt that got a success response.</summary>
        public ConcurrentDictionary<string, int> Confirmed { get; } = new();

        public int UnderWay => Volatile.Read(ref _underWay);

        public int Total => Volatile.Read(ref _total);

        public async Task GiveAsync(Uri host, StoreFile store, int lane, Random random, CancellationToken ct)
        {
            while (!ct.IsCancellationRequested)
            {
                var mine = (await PromptsAsync(store)).FindAll(p => p.Id % Answering == lane);
                try
                {
                    if (mine.Count > 0)
                    {
                        await AnswerAsync(host, mine[random.Next(mine.Count)]);
                    }
                }
                catch (Exception gone) when (gone is HttpRequestException or IOException)
                {
                    // The host died; the person does not know what became of the answer.
                    return;
                }
            }
        }

        private async Task AnswerAsync(Uri host, PlaygroundMessage prompt)
        {
            using var visitor = new Visitor(host, prompt.ConversationId["dm-".Length..]);
            // A page still open from before the host died sends its form again, by now with another text.
            if (!_open.TryGetValue(visitor.Person, out var open))
            {
                var round = prompt.Key!.Split(':')[1];
                using var pressed = await visitor.PostAsync($"/messages/{prompt.Id}/press", visitor.Direct, ("pg.press", "checkin.answer|" + round));
                open = Visitor.FormOf(pressed);
            }

            Assert.NotNull(open);
            _open[visitor.Person] = open;
            var attempt = Interlocked.Increment(ref _attempts);
            Interlocked.Increment(ref _underWay);
            try
            {
                using var answer = await visitor.SendAsync(open, visitor.Direct, ("rating", "4"), ("comment", $"attempt {attempt}"), ("nameless", "false"));
                _open.TryRemove(visitor.Person, out _);
                if (Visitor.IsTaken(answer))
                {
                    Confirmed[visitor.Person] = attempt;
                    Interlocked.Increment(ref _total);
                }
                else
                {
                    // Taken before the host died, only nobody was told.
                    Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
                }
            }
            finally
            {
                Interlocked.Decrement(ref _underWay);
            }
        }
    }
}
