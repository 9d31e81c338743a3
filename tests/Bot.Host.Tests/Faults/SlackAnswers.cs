using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Bot.CheckIns;
using FakeSlack.People;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests.Faults;

/// <summary>People who answer and change their minds whatever happens to the hosts, and remember what they were told is saved.</summary>
internal sealed partial class SlackAnswers(SlackCrowd crowd)
{
    private static readonly TimeSpan WindowComes = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<(string Person, string Round), int> _confirmed = new();
    private int _attempts;

    public int Attempts => _attempts;

    public int Confirmed => _confirmed.Count;

    /// <summary>One of them tries once.</summary>
    /// <returns>Whether they were told that it is saved.</returns>
    public async Task<bool> TryAsync(int number)
    {
        var person = crowd.Slack.As(SlackCrowd.IdOf(number));
        if (person.Messages(Person.App).LastOrDefault(IsOpen) is not { } card)
        {
            return false;
        }

        await person.PressAsync(card, card.Words.Contains("Saved.", StringComparison.Ordinal) ? "Change" : "Answer");
        if (!await Eventually.BecomesAsync(() => Task.FromResult(person.Window is not null), WindowComes) || person.Window is not { } form)
        {
            return false;
        }

        var (attempt, round) = (Interlocked.Increment(ref _attempts), RoundOf().Match(form.PrivateMetadata).Value);
        await form.FillAsync("rating", "4");
        await form.FillAsync("comment", $"attempt {attempt}");
        await form.FillAsync("drift", "no");
        var ended = await form.SubmitAsync();
        if (ended is not Submission.Closed)
        {
            await form.CloseAsync();
            return false;
        }

        // After the next week has opened they are told that this one takes no more answers.
        if (await crowd.AskAsync(db => db.Rounds.AnyAsync(r => r.Id == new RoundId(Guid.Parse(round)) && r.Sealed)))
        {
            return false;
        }

        _confirmed[(person.Id, round)] = attempt;
        return true;
    }

    /// <summary>Each person has at most one answer that waits and one that is counted, and what was confirmed, or a later one, is there.</summary>
    public async Task AreKeptAsync(string seed)
    {
        var kept = await crowd.AskAsync(db => (
            from answer in db.Answers
            join who in db.People on answer.PersonId equals who.Id
            select new { who.ExternalId, answer.RoundId, answer.Comment }).ToListAsync());
        foreach (var ((person, round), attempt) in _confirmed)
        {
            var there = kept.Where(a => a.ExternalId == person && a.RoundId.ToString() == round).Select(a => int.Parse(a.Comment!.Split(' ')[^1])).ToList();
            Assert.True(there.Exists(stored => stored >= attempt), $"{person} was told that attempt {attempt} is saved; the store has {string.Join(", ", there)} ({seed})");
        }
    }

    private static bool IsOpen(FakeSlack.World.Message message) =>
        message.Blocks.ToJsonString().Contains("checkin.answer", StringComparison.Ordinal) && !message.Words.Contains("Not answered yet", StringComparison.Ordinal);

    [GeneratedRegex("[0-9a-f]{32}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RoundOf();
}
