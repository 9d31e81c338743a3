using Bot.Chat;
using Bot.Initiatives;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Initiatives;

// /pilot stage: what each stage needs, who may, what is stored and what the channel hears.
public sealed class MoveStageTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Why = new() { ["reason"] = "ten agents rely on it" };
    private Product _product = null!;

    public async Task InitializeAsync() => _product = await Product.StartAsync();

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task A_move_is_stored_dated_with_its_author_and_the_loop_s_channel_hears_of_it()
    {
        await _product.StartLoopAsync();
        var form = await OpenAsync("ana", "stage churn predictor deploying");

        var reply = await _product.SendAsync("ana", form.Ref, new(Why) { ["stage"] = "Deploying" });
        await _product.DeliverAsync();

        Assert.Equal("Deploying", EditInitiativeTests.Values(form)["stage"]);
        var change = await _product.UseAsync(db => db.StageChanges.OrderBy(s => s.Id).LastAsync());
        Assert.Equal(((Stage?)Stage.Pilot, Stage.Deploying, "ten agents rely on it", (PersonId?)await _product.PersonAsync("ana"), _product.Clock.Now), (change.From, change.To, change.Reason, change.By, change.At));
        Assert.Equal(Stage.Deploying, await StageAsync());
        Assert.Contains("**Churn predictor** moved from pilot to **deploying**: ten agents rely on it", _product.Chat.Post("stage:").Shown);
        Assert.Contains("moved from pilot to deploying", Shown(reply));
        Assert.Empty(await _product.UseAsync(db => db.Obstacles.ToListAsync()));
    }

    [Fact]
    public async Task Sending_twice_moves_once()
    {
        await _product.RegisterAsync("Lead scoring", owner: "ana");
        var form = await OpenAsync("ana", "stage");
        await _product.SendAsync("ana", form.Ref, new(Why) { ["stage"] = "Deploying" });

        var again = await _product.SendAsync("ana", form.Ref, new(Why) { ["stage"] = "Idea" });

        Assert.IsType<Reply.Silence>(again);
        Assert.Equal(Stage.Deploying, await StageAsync());
    }

    [Theory]
    [InlineData("stage", null, "Deploying", "reason", "Say why")]
    [InlineData("stage", "x", "Pilot", "stage", "It is in pilot already")]
    [InlineData("stage", "x", "Moon", "stage", "Choose where it is now")]
    [InlineData("stage", "x", "Stalled", "cause", "Choose what prevented it")]
    [InlineData("stage", "x", "Stalled", "sentence", "Say in one sentence")]
    [InlineData("stage", "x", "Retired", "cause", "Choose what prevented it")]
    [InlineData("stage", "x", "Retired", "sentence", "Say in one sentence")]
    public async Task What_is_missing_is_said_at_its_field(string typed, string? reason, string stage, string field, string said)
    {
        await _product.RegisterAsync("Lead scoring", owner: "ana");
        var form = await OpenAsync("ana", typed);

        var errors = Assert.IsType<Reply.FieldErrors>(await _product.SendAsync("ana", form.Ref, new() { ["stage"] = stage, ["reason"] = reason ?? "" }));

        Assert.Contains(said, Assert.Contains(field, errors.Errors));
        Assert.Equal(Stage.Pilot, await StageAsync());
    }

    [Fact]
    public async Task Stalling_stores_what_prevented_it_and_says_what_would_be_clear()
    {
        await _product.StartLoopAsync();
        var form = await OpenAsync("ana", "stage stalled");

        var shown = Shown(await _product.SendAsync("ana", form.Ref, new(Why) { ["stage"] = "Stalled", ["cause"] = "DataQuality", ["sentence"] = "not ready" }));
        await _product.DeliverAsync();

        var obstacle = await _product.UseAsync(db => db.Obstacles.SingleAsync());
        Assert.Equal((Cause.DataQuality, "not ready", (PersonId?)await _product.PersonAsync("ana")), (obstacle.Cause, obstacle.Sentence, obstacle.By));
        Assert.Contains(ClearAnswer.Meant, shown);
        Assert.Contains("/pilot pause", shown);
        Assert.Contains("Cause: data quality", _product.Chat.Post("stage:").Shown);
    }

    [Fact]
    public async Task Retired_from_production_needs_only_a_reason()
    {
        await _product.RegisterAsync("Lead scoring", Stage.Production, owner: "ana");
        var form = await OpenAsync("ana", "stage retired");

        Shown(await _product.SendAsync("ana", form.Ref, new(Why) { ["stage"] = "Retired" }));

        Assert.Equal(Stage.Retired, await StageAsync());
    }

    [Theory]
    [InlineData(false, null, "an owner and a behaviour metric")]
    [InlineData(true, null, "a behaviour metric")]
    [InlineData(true, "Accuracy", "a behaviour metric")]
    [InlineData(false, "Calls", "an owner")]
    public async Task Production_needs_owner_and_behaviour_metric_and_offers_Edit(bool owner, string? metric, string missing)
    {
        var id = await _product.RegisterAsync("Lead scoring", Stage.Deploying, owner: owner ? "ana" : null, but: i => i.Metric = metric is null ? null : new BehaviourMetric(metric, null, null, null));
        var form = await OpenAsync("root", $"stage");

        var shown = Shown(await _product.SendAsync("root", form.Ref, new(Why) { ["stage"] = "Production" }));

        Assert.Contains($"Production needs {missing}.", shown);
        Assert.Contains("Edit", shown);
        Assert.Equal(Stage.Deploying, await StageAsync());
        Assert.Equal("ten agents rely on it", EditInitiativeTests.Values(await _product.OpenAsync("root", MoveStage.Action, id.ToString()))["reason"]);
        Assert.Contains($"Production needs {missing}.", Shown(await _product.TypeAsync("root", "stage lead scoring production")));
    }

    [Fact]
    public async Task With_owner_and_metric_it_goes_to_production()
    {
        await _product.RegisterAsync("Lead scoring", Stage.Deploying, owner: "ana", but: i => i.Metric = new BehaviourMetric("Calls", null, null, null));
        var form = await OpenAsync("ana", "stage production");

        Shown(await _product.SendAsync("ana", form.Ref, new(Why) { ["stage"] = "Production" }));

        Assert.Equal(Stage.Production, await StageAsync());
    }

    [Theory]
    [InlineData("2026-12-24", "2026-12-24")]
    [InlineData("", null)]
    public async Task A_pilot_that_begins_again_does_not_keep_an_end_that_is_over(string typed, string? expected)
    {
        await _product.RegisterAsync("Lead scoring", Stage.Stalled, owner: "ana", but: i => i.PlannedEnd = new DateOnly(2026, 10, 1));
        var form = await OpenAsync("ana", "stage pilot");

        Shown(await _product.SendAsync("ana", form.Ref, new(Why) { ["stage"] = "Pilot", ["plannedEnd"] = typed }));

        Assert.Equal(expected is null ? null : DateOnly.Parse(expected), await _product.UseAsync(db => db.Initiatives.Select(i => i.PlannedEnd).SingleAsync()));
    }

    [Fact]
    public async Task A_planned_end_in_the_past_is_refused()
    {
        await _product.RegisterAsync("Lead scoring", Stage.Idea, owner: "ana");
        var form = await OpenAsync("ana", "stage pilot");

        var errors = Assert.IsType<Reply.FieldErrors>(await _product.SendAsync("ana", form.Ref, new(Why) { ["stage"] = "Pilot", ["plannedEnd"] = "2026-11-22" }));

        Assert.Contains("plannedEnd", errors.Errors);
    }

    [Fact]
    public async Task Only_owner_and_admins_may_and_the_refusal_says_so()
    {
        var id = await _product.RegisterAsync("Lead scoring", owner: "ana");

        Assert.Contains("Only Ana (owner)", Shown(await _product.TypeAsync("ben", "stage")));
        Assert.Contains("Only Ana (owner)", Shown(await _product.PressAsync("ben", MoveStage.Action, id.ToString())));
        Assert.Contains("Only Ana (owner)", Shown(await _product.SendAsync("ben", new ActionRef(MoveStage.FormName, $"{id}:{Guid.NewGuid():N}"), new(Why) { ["stage"] = "Deploying" })));
        Assert.Equal(Stage.Pilot, await StageAsync());
    }

    [Fact]
    public async Task From_another_workspace_it_is_as_unknown_as_one_that_never_was()
    {
        var id = await _product.RegisterAsync("Lead scoring", owner: "ana");

        foreach (var (name, isForm) in new[] { (MoveStage.Action, false), (EditInitiative.Action, false), (AnswerObstacle.Action, false), ("loop.start", false), (MoveStage.FormName, true), (InitiativeForm.Name, true), (AnswerObstacle.FormName, true) })
        {
            var (theirs, nobodys) = (await FromOutsideAsync(name, isForm, id.ToString()), await FromOutsideAsync(name, isForm, Guid.NewGuid().ToString("N")));
            Assert.Equal(nobodys, theirs);
            Assert.Contains("not known here", theirs);
        }

        Assert.Empty(await _product.UseAsync(db => db.Obstacles.ToListAsync()));
        Assert.Single(await _product.UseAsync(db => db.StageChanges.ToListAsync()));
    }

    [Fact]
    public async Task Status_says_the_week_of_the_pilot()
    {
        await _product.StartLoopAsync();
        _product.Clock.Now = DateTimeOffset.Parse("2027-01-20T08:00:00Z");

        Assert.Contains("pilot, week 9 of 12 · owner Ana", Shown(await _product.TypeAsync("ana", "status")));
    }

    private static string Shown(Reply reply) => CardText.Of(Assert.IsType<Reply.Whisper>(reply).Card);

    private async Task<Form> OpenAsync(string who, string typed) => Assert.IsType<Reply.OpenForm>(await _product.TypeAsync(who, typed)).Form;

    private Task<Stage> StageAsync() => _product.UseAsync(db => db.Initiatives.Select(i => i.Stage).SingleAsync());

    private async Task<string> FromOutsideAsync(string name, bool isForm, string key)
    {
        var (eve, place, home) = (new ChatPerson("eve", "Eve", IsAdmin: true), _product.Personal("eve"), new WorkspaceRef(RecordingChat.TheName, "globex", "Globex"));
        var action = new ActionRef(name, name == MoveStage.FormName ? $"{key}:{Guid.NewGuid():N}" : key);
        return Shown(await _product.HearAsync(isForm
            ? new FormSubmitted(_product.Next(), home, eve, place, action, new FormValues(new Dictionary<string, string>(Why) { ["name"] = "Mine", ["stage"] = "Idea", ["sentence"] = "mine now" }), null)
            : new CardAction(_product.Next(), home, eve, place, action, null)));
    }
}
