using Bot.Chat;
using Bot.Initiatives;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Initiatives;

// /pilot new: what is stored, what is refused at which field, what is asked about the earlier ones, what is said where.
public sealed class RegisterInitiativeTests : IAsyncLifetime
{
    private Product _product = null!;

    public async Task InitializeAsync() => _product = await Product.StartAsync();

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task Everything_typed_is_registered_and_shown()
    {
        var form = await OpenAsync("ben");

        var reply = await _product.SendAsync("ben", form.Ref, await FullAsync());
        await _product.DeliverAsync();

        var it = await _product.UseAsync(db => db.Initiatives.SingleAsync());
        Assert.Equal(("Lead scoring", Stage.Idea, await _product.PersonAsync("ana"), await _product.PersonAsync("dev")), (it.Name, it.Stage, it.OwnerId, it.BuilderId));
        Assert.Equal("We believe a daily list will cause earlier calls for sales north within 12 weeks", it.Outcome.Sentence);
        Assert.Equal(new BehaviourMetric("Hours to the first call", "hours", 48, 8) { Wanted = null }, it.Metric);
        Assert.Equal((Direction.Down, 20000, 50000.5), (it.Metric!.Better, it.PilotCost, it.DeploymentBudget));
        Assert.Equal(("the CRM", "sorted list", "no scoring of people", new DateOnly(2026, 12, 24)), (it.TrustedSource, it.WhatChanges, it.WhatDoesNot, it.PlannedEnd));
        var change = await _product.UseAsync(db => db.StageChanges.SingleAsync());
        Assert.Equal((it.Id, (Stage?)null, Stage.Idea, (PersonId?)await _product.PersonAsync("ben"), _product.Clock.Now), (change.InitiativeId, change.From, change.To, change.By, change.At));
        var shown = Shown(reply);
        Assert.Contains("Nothing is open.", shown);
        Assert.Contains("2.5 times the pilot", shown);
        Assert.Contains("Ben registered Lead scoring (idea)", _product.Chat.Post("initiative:").Shown);
    }

    [Fact]
    public async Task Only_the_name_is_needed_and_what_is_open_is_said()
    {
        var form = await OpenAsync("ben");

        var reply = await _product.SendAsync("ben", form.Ref, new() { ["name"] = "Lead scoring", ["owner"] = InitiativeEntry.Nobody });

        var it = await _product.UseAsync(db => db.Initiatives.SingleAsync());
        Assert.Equal((Stage.Pilot, null, OutcomeStatement.Blank, null), (it.Stage, it.OwnerId, it.Outcome, it.Metric));
        Assert.Contains("Still open:** owner, capability, behaviour change, user group, timeframe, behaviour metric, builder, pilot cost", Shown(reply));
        Assert.Contains("Start a loop here", Shown(reply));
    }

    [Fact]
    public async Task Sending_twice_registers_one()
    {
        var form = await OpenAsync("ben");
        await _product.SendAsync("ben", form.Ref, new() { ["name"] = "Lead scoring" });

        var again = await _product.SendAsync("ben", form.Ref, new() { ["name"] = "Lead scoring" });

        Assert.IsType<Reply.Silence>(again);
        Assert.Equal(1, await _product.UseAsync(db => db.Initiatives.CountAsync()));
        Assert.Equal(1, await _product.UseAsync(db => db.StageChanges.CountAsync()));
    }

    [Theory]
    [InlineData("name", "", "recognise")]
    [InlineData("name", "TICKET triage", "of this name already")]
    [InlineData("metric", "Accuracy", "tells whether the model works")]
    [InlineData("metric", "", "Name what is counted")]
    [InlineData("baseline", "many", "Give a number")]
    [InlineData("target", "1,200", "separating thousands")]
    [InlineData("cost", "-5", "plain number")]
    [InlineData("budget", "lots", "plain number")]
    [InlineData("plannedEnd", "2026-11-22", "This day is over")]
    [InlineData("plannedEnd", "soon", "Choose the day")]
    [InlineData("owner", "0199a000000070008000000000000b01", "Choose somebody from the list")]
    [InlineData("builder", "Ben", "Choose somebody from the list")]
    [InlineData("stage", "Production", "begins as an idea or as a pilot")]
    public async Task A_fault_is_said_at_its_field_and_nothing_is_stored(string field, string typed, string said)
    {
        await _product.RegisterAsync("Ticket triage");
        var form = await OpenAsync("ben");
        var values = await FullAsync();
        values[field] = typed;

        var errors = Assert.IsType<Reply.FieldErrors>(await _product.SendAsync("ben", form.Ref, values));

        Assert.Contains(said, Assert.Contains(field, errors.Errors));
        Assert.Single(errors.Errors);
        Assert.Equal(1, await _product.UseAsync(db => db.Initiatives.CountAsync()));
        Assert.Contains("a daily list", CardText.Of((await OpenAsync("ben")).Card));
    }

    [Theory]
    [InlineData("name", 80)]
    [InlineData("capability", InitiativeEntry.MaxBlank)]
    [InlineData("timeframe", InitiativeEntry.MaxBlank)]
    [InlineData("source", InitiativeEntry.MaxBlank)]
    [InlineData("changes", InitiativeEntry.MaxText)]
    [InlineData("doesNot", InitiativeEntry.MaxText)]
    public async Task Too_long_is_said_with_the_length(string field, int most)
    {
        var form = await OpenAsync("ben");
        var values = await FullAsync();
        values[field] = new string('a', most + 1);

        var errors = Assert.IsType<Reply.FieldErrors>(await _product.SendAsync("ben", form.Ref, values));

        Assert.Equal($"At most {most} characters; this is {most + 1}.", Assert.Contains(field, errors.Errors));
    }

    [Fact]
    public async Task Somebody_of_another_workspace_cannot_be_named()
    {
        var stranger = new Person { Id = Id.New<PersonId>(_product.Clock), WorkspaceId = WorkspaceId.From(Guid.NewGuid()), ExternalId = "eve", Name = "Eve" };
        await _product.SeedAsync(stranger);
        var form = await OpenAsync("ben");
        var values = await FullAsync();
        values["owner"] = stranger.Id.ToString();

        Assert.Contains("owner", Assert.IsType<Reply.FieldErrors>(await _product.SendAsync("ben", form.Ref, values)).Errors);
    }

    [Fact]
    public async Task The_first_of_a_workspace_is_asked_about_nothing_earlier()
    {
        Assert.DoesNotContain("Before the next one", CardText.Of((await OpenAsync("ben")).Card));
    }

    [Fact]
    public async Task It_asks_first_what_stopped_the_earlier_ones_and_shows_clear_answers_word_for_word()
    {
        await StalledAsync("Answered", Cause.Integration, "The CRM has no field for the score");
        await StalledAsync("Half answered", Cause.DataQuality, "not ready");
        await StalledAsync("Not answered", null, null);

        var shown = CardText.Of((await OpenAsync("ben")).Card);

        Assert.Contains("3 earlier initiatives did not reach production", shown);
        Assert.Contains("Recorded: integration: \"The CRM has no field for the score\"", shown);
        Assert.DoesNotContain("What prevented Answered from", shown);
        Assert.Contains("not clear enough to learn from: data quality: \"not ready\"", shown);
        Assert.Contains("What prevented Half answered from reaching production?", shown);
        Assert.Contains("What prevented Not answered from reaching production?", shown);
        Assert.True(shown.IndexOf("Before the next one", StringComparison.Ordinal) < shown.IndexOf("For example: Churn predictor", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_asks_about_five_and_says_how_many_more_there_are()
    {
        foreach (var n in Enumerable.Range(1, 7))
        {
            await StalledAsync($"Old {n}", null, null, $"2026-10-{n:00}T00:00:00Z");
        }

        var shown = CardText.Of((await OpenAsync("ben")).Card);

        Assert.Contains("7 earlier initiatives", shown);
        Assert.Contains("And 2 more", shown);
        Assert.Equal([7, 6, 5, 4, 3], Enumerable.Range(1, 7).Where(n => shown.Contains($"What prevented Old {n} from", StringComparison.Ordinal)).OrderDescending());
    }

    [Fact]
    public async Task An_answer_is_stored_with_who_and_when_and_what_stays_unanswered_warns_and_does_not_block()
    {
        var (answered, half, open) = (await StalledAsync("Answered", null, null), await StalledAsync("Half", null, null), await StalledAsync("Open", null, null));
        var form = await OpenAsync("ben");

        var reply = await _product.SendAsync("ben", form.Ref, new()
        {
            ["name"] = "Lead scoring",
            [$"cause{answered}"] = nameof(Cause.Integration),
            [$"sentence{answered}"] = "The CRM has no field for the score",
            [$"sentence{half}"] = "nobody looked at the list",
        });

        var stored = await _product.UseAsync(db => db.Obstacles.OrderBy(o => o.Cause).ToListAsync());
        Assert.Equal(
            [(answered, Cause.Integration, "The CRM has no field for the score"), (half, Cause.Unknown, "nobody looked at the list")],
            stored.Select(o => (o.InitiativeId, o.Cause, o.Sentence)));
        Assert.All(stored, o => Assert.Equal(_product.Clock.Now, o.At));
        var ben = await _product.PersonAsync("ben");
        Assert.All(stored, o => Assert.Equal(ben, o.By));
        Assert.Contains("2 earlier initiatives stopped without a clear answer why:", Shown(reply));
        Assert.DoesNotContain("Answered,", Shown(reply));
        Assert.DoesNotContain(stored, o => o.InitiativeId == open);
        Assert.Equal(4, await _product.UseAsync(db => db.Initiatives.CountAsync()));
    }

    [Fact]
    public async Task A_fault_in_an_answer_is_said_there()
    {
        var id = await StalledAsync("Old", null, null);
        var form = await OpenAsync("ben");

        var errors = Assert.IsType<Reply.FieldErrors>(await _product.SendAsync("ben", form.Ref, new()
        {
            ["name"] = "Lead scoring", [$"cause{id}"] = "7", [$"sentence{id}"] = new string('a', ObstacleAnswer.MaxSentence + 1),
        }));

        Assert.Equal([$"cause{id}", $"sentence{id}"], errors.Errors.Keys.Order());
        Assert.Empty(await _product.UseAsync(db => db.Obstacles.ToListAsync()));
    }

    [Fact]
    public async Task An_answer_about_another_workspace_s_initiative_is_not_taken()
    {
        var theirs = new Initiative { Id = Id.New<InitiativeId>(_product.Clock), WorkspaceId = WorkspaceId.From(Guid.NewGuid()), Name = "Theirs", Stage = Stage.Stalled, CreatedAt = _product.Clock.Now };
        await _product.SeedAsync(theirs);
        var form = await OpenAsync("ben");

        await _product.SendAsync("ben", form.Ref, new() { ["name"] = "Theirs", [$"cause{theirs.Id}"] = "Cost", [$"sentence{theirs.Id}"] = "mine now" });

        Assert.DoesNotContain("Theirs", CardText.Of(form.Card));
        Assert.Empty(await _product.UseAsync(db => db.Obstacles.ToListAsync()));
        Assert.Equal(2, await _product.UseAsync(db => db.Initiatives.CountAsync(i => i.Name == "Theirs")));
    }

    [Fact]
    public async Task In_a_personal_chat_nothing_is_said_elsewhere_and_the_people_are_those_one_shares_a_channel_with()
    {
        var form = Assert.IsType<Reply.OpenForm>(await _product.TypeAsync("ben", "new Lead scoring", null)).Form;
        var reply = await _product.SendAsync("ben", form.Ref, new() { ["name"] = "Lead scoring" });
        await _product.DeliverAsync();

        Assert.Contains("Chloe", CardText.Of(form.Card));
        Assert.Contains("Lead scoring", CardText.Of(form.Card));
        Assert.DoesNotContain(_product.Chat.Posts, p => p.Key.StartsWith("initiative:", StringComparison.Ordinal));
        Assert.DoesNotContain("Start a loop here", Shown(reply));
    }

    [Theory]
    [InlineData("nonsense:nonsense")]
    [InlineData("-:nonsense")]
    [InlineData("0199a000000070008000000000000c1e:0199a000000070008000000000000c1f")]
    public async Task A_form_of_an_unknown_place_registers_nothing(string key)
    {
        var reply = await _product.SendAsync("ben", new ActionRef(InitiativeForm.Name, key), new() { ["name"] = "Lead scoring" });

        Assert.Contains("not known here", Shown(reply));
        Assert.Empty(await _product.UseAsync(db => db.Initiatives.ToListAsync()));
    }

    private static string Shown(Reply reply) => CardText.Of(Assert.IsType<Reply.Whisper>(reply).Card);

    private async Task<Form> OpenAsync(string who) => Assert.IsType<Reply.OpenForm>(await _product.TypeAsync(who, "new")).Form;

    private async Task<Dictionary<string, string>> FullAsync() => new()
    {
        ["name"] = "Lead scoring",
        ["stage"] = "Idea",
        ["capability"] = "a daily list",
        ["behaviourChange"] = "earlier calls",
        ["userGroup"] = "sales north",
        ["timeframe"] = "12 weeks",
        ["owner"] = (await _product.PersonAsync("ana")).ToString(),
        ["builder"] = (await _product.PersonAsync("dev")).ToString(),
        ["metric"] = "Hours to the first call",
        ["unit"] = "hours",
        ["baseline"] = "48",
        ["target"] = "8",
        ["better"] = "auto",
        ["cost"] = "20000",
        ["budget"] = "50000,5",
        ["source"] = "the CRM",
        ["changes"] = "sorted list",
        ["doesNot"] = "no scoring of people",
        ["plannedEnd"] = "2026-12-24",
    };

    private async Task<InitiativeId> StalledAsync(string name, Cause? cause, string? sentence, string since = "2026-10-12T00:00:00Z")
    {
        var id = await _product.RegisterAsync(name, Stage.Stalled, since: since);
        if (cause is { } known)
        {
            var workspace = await _product.UseAsync(db => db.Initiatives.Where(i => i.Id == id).Select(i => i.WorkspaceId).SingleAsync());
            await _product.SeedAsync(new Obstacle { Id = Id.New<ObstacleId>(_product.Clock), WorkspaceId = workspace, InitiativeId = id, Cause = known, Sentence = sentence, At = DateTimeOffset.Parse(since) });
        }

        return id;
    }
}
