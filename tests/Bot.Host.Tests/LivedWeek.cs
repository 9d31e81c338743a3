using System.Net;
using Bot.CheckIns;
using Bot.Host.Tests.Guard;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests;

[CollectionDefinition(Name)]
public sealed class InALivedWeek : ICollectionFixture<LivedWeek>
{
    public const string Name = "a lived week";
}

/// <summary>A week that a few people lived through in one host, with hostile text in every field that takes text, and every page they saw.</summary>
public sealed class LivedWeek : IAsyncLifetime, IDisposable
{
    public const string Channel = "churn-predictor";
    private readonly StoreFile _store = new();
    private readonly List<string> _pages = [];
    private HostProcess _host = null!;

    public IReadOnlyList<string> Pages => _pages;

    /// <summary>The log of the host, at its most talkative.</summary>
    public string Log => _host.Output;

    internal StoreFile Store => _store;

    /// <summary>Markup, a script, Markdown, quotes, emoji and right-to-left text, with the field's own name in it.</summary>
    public static string Hostile(string field) => $"{Marked(field)} <script>zx()</script> & \"q\" 🌱 ليلى";

    /// <summary>As much of it as fits everywhere.</summary>
    public static string Marked(string field) => $"zx{field} <b id=zx{field}>**zxbold** [zxlink](https://zx.example)";

    internal Uri Address => _host.Address;

    internal Visitor Visit(string person) => new(_host.Address, person);

    public async Task InitializeAsync()
    {
        _host = await HostProcess.StartReadyAsync(_store.Path, Talkative.Settings);
        await NewcomerAsync();
        await StartLoopAsync();
        await MoveToAsync(r => r.OpensAt);
        await AnswerAsync();
        await MoveToAsync(r => r.ReviewAt);
        await ReviewAsync();
        await MoveToAsync(r => r.ClosesAt);
        await TalkAsync();
        await LookAroundAsync();
    }

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        await _host.DisposeAsync();
    }

    public void Dispose() => _store.Dispose();

    /// <summary>The round that comes, or the last one.</summary>
    internal Task<Round> RoundAsync() => _store.AskAsync(db => db.Rounds.AsNoTracking().OrderBy(r => r.ReviewDate).FirstAsync());

    private async Task NewcomerAsync()
    {
        using var dana = Visit("dana");
        await TakenAsync(dana.PostAsync("/people", Channel, ("name", Marked("person")), ("zone", "Europe/Berlin")));
    }

    private async Task StartLoopAsync()
    {
        using var dana = Visit("dana");
        using var opened = await dana.SayAsync(Channel, "/pilot loop");
        var form = Visitor.FormOf(opened)!;
        var people = await _store.AskAsync(db => db.People.ToDictionaryAsync(p => p.ExternalId, p => p.Id.ToString()));
        await TakenAsync(dana.SendAsync(form, Channel,
        [
            ("name", Marked("name")), ("owner", people["dana"]), .. people.Values.Select(id => ("people", id)), ("day", "Thursday"), ("time", "10:00"),
            ("zone", "Europe/Berlin"), ("minutes", "30"), ("open", "24"), ("remind", "3"), ("metric", Marked("metric")), ("unit", "<b>**zx**"),
        ]));
    }

    private async Task AnswerAsync()
    {
        foreach (var person in new[] { "dana", "lee", "priya", "layla" })
        {
            using var visitor = Visit(person);
            await VerbOnceAsync(visitor, visitor.Direct, "checkin.answer", form => TakenAsync(visitor.SendAsync(form, visitor.Direct,
            [
                ("rating", "3"), ("comment", Hostile("comment")), ("struggles", "other"), ("struggleText", Hostile("struggle")),
                ("nameless", person == "lee" ? "true" : "false"), ("drift", "yes"), ("driftSource", Hostile("source")), ("driftExample", Hostile("example")),
            ])));
        }

        // Zoë types and leaves: a draft.
        using var zoe = Visit("zoe");
        await VerbOnceAsync(zoe, zoe.Direct, "checkin.answer", async form =>
        {
            using var kept = await zoe.PostAsync($"/forms/{form}/draft", zoe.Direct, ("f.rating", "2"), ("f.comment", Hostile("draft")));
            Assert.Equal(HttpStatusCode.NoContent, kept.StatusCode);
            _pages.Add(await zoe.PageAsync(zoe.Direct, $"&form={form}"));
        });
    }

    private async Task ReviewAsync()
    {
        using var dana = Visit("dana");
        await TakenAsync(dana.PressAsync(Channel, "review.start"));
        var soon = TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd");
        var owner = await _store.AskAsync(db => db.People.Where(p => p.ExternalId == "dana").Select(p => p.Id).SingleAsync());
        await VerbOnceAsync(dana, Channel, "review.decision", form => TakenAsync(dana.SendAsync(form, Channel, ("text", Hostile("decision")))));
        await VerbOnceAsync(dana, Channel, "review.action", form => TakenAsync(dana.SendAsync(
            form, Channel, ("text", Hostile("action")), ("owner", owner.ToString()), ("due", soon))));
        await VerbOnceAsync(dana, Channel, "review.experiment", form => TakenAsync(dana.SendAsync(
            form, Channel, ("change", Hostile("change")), ("expect", Hostile("expect")), ("by", soon))));
        _pages.Add(await dana.PageAsync(Channel));
    }

    private async Task TalkAsync()
    {
        using var dana = Visit("dana");
        foreach (var words in new[]
        {
            Hostile("message"), "/pilot <b/id=zx>**zx**", "/pilot status " + Hostile("unknown"), "/pilot status", "/pilot digest", "/pilot people", "/pilot actions",
            "/pilot schedule", "/pilot privacy", "/pilot pause " + Hostile("pause"), "/pilot status",
        })
        {
            await TakenAsync(dana.SayAsync(Channel, words));
        }
    }

    private async Task LookAroundAsync()
    {
        foreach (var person in await _store.AskPlaygroundAsync(db => db.People.Select(p => p.Id).ToListAsync()))
        {
            using var visitor = Visit(person);
            _pages.Add(await visitor.PageAsync(Channel));
            _pages.Add(await visitor.PageAsync(visitor.Direct));
        }

        using var dana = Visit("dana");
        foreach (var thread in await _store.AskPlaygroundAsync(db => db.Messages.Where(m => m.ThreadId != null && m.VisibleTo == null).Select(m => m.ThreadId).Distinct().ToListAsync()))
        {
            _pages.Add(await dana.PageAsync(Channel, $"&thread={thread}"));
        }
    }

    /// <summary>Opens a form by its button, looks at it, and does something with it.</summary>
    private async Task VerbOnceAsync(Visitor visitor, string conversation, string verb, Func<string, Task> then)
    {
        string? form = null;
        // A card that belongs to everybody changes a moment after the press.
        await Eventually.HoldsAsync($"{visitor.Person} has a button {verb} that opens a form", async () => (form = await visitor.OpenAsync(conversation, verb)) is not null);
        _pages.Add(await visitor.PageAsync(conversation, $"&form={form}"));
        await then(form!);
    }

    private async Task MoveToAsync(Func<Round, DateTimeOffset> when)
    {
        using var dana = Visit("dana");
        await TakenAsync(dana.PostAsync("/clock", Channel, ("to", when(await RoundAsync()).ToUnixTimeMilliseconds().ToString())));
    }

    private static async Task TakenAsync<T>(Task<T> doing)
        where T : HttpResponseMessage?
    {
        using var answer = await doing;
        Assert.NotNull(answer);
        Assert.True(Visitor.IsTaken(answer), $"{answer.RequestMessage!.RequestUri} answered {answer.StatusCode} {answer.Headers.Location}");
    }
}
