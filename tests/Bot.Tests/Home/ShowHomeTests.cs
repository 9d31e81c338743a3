using Bot.Chat;
using Bot.Loops;
using Bot.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Home;

// What waits for me: nothing yet; my open check-in, then saved; my actions and nobody else's; what I own; reviews to come; not across workspaces; opened or typed.
public sealed class ShowHomeTests : IAsyncLifetime
{
    private Product _product = null!;
    private LoopId _loop;

    public async Task InitializeAsync()
    {
        _product = await Product.StartAsync();
        _loop = await _product.StartLoopAsync();
    }

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task Somebody_whom_nothing_concerns_gets_the_first_step()
    {
        var home = await OpenAsync("root");

        Assert.Contains("Nothing yet", home);
        Assert.Contains("New initiative", home);
    }

    [Fact]
    public async Task An_open_check_in_is_offered_and_once_saved_can_be_changed()
    {
        await _product.MoveToAsync("2026-11-25T09:00:00Z");
        var before = await OpenAsync("ben");
        var form = await _product.OpenAsync("ben", "checkin.answer", (await _product.RoundAsync(_loop, "2026-11-26")).Id.ToString());
        await _product.SendAsync("ben", form.Ref, new() { ["rating"] = "4" });

        var after = await OpenAsync("ben");

        Assert.Contains("Answer", before);
        Assert.DoesNotContain("Saved", before);
        Assert.Contains("Saved; can be changed, until Thursday 26 November, 10:00", after);
    }

    [Fact]
    public async Task The_owner_sees_what_they_own_and_a_member_does_not()
    {
        Assert.Contains("Initiatives you own", await OpenAsync("ana"));
        Assert.DoesNotContain("Initiatives you own", await OpenAsync("ben"));
    }

    [Fact]
    public async Task My_actions_are_shown_and_nobody_elses()
    {
        await _product.UseAsync(async db =>
        {
            var people = await db.People.ToDictionaryAsync(p => p.ExternalId, p => p.Id);
            var workspace = (await db.Loops.SingleAsync()).WorkspaceId;
            db.ActionItems.Add(Item(workspace, people["ben"], "Explain the score"));
            db.ActionItems.Add(Item(workspace, people["chloe"], "Ask the data team"));
            await db.SaveChangesAsync();
        });

        var home = await OpenAsync("ben");

        Assert.Contains("Explain the score", home);
        Assert.Contains("overdue since 20 Nov", home);
        Assert.DoesNotContain("Ask the data team", home);
    }

    [Fact]
    public async Task The_coming_review_is_shown_in_my_own_zone()
    {
        Assert.Contains("Churn predictor · Thursday 26 November, 04:00 (New York)", await OpenAsync("chloe"));
    }

    [Fact]
    public async Task The_same_name_in_another_workspace_sees_nothing_of_this_one()
    {
        var elsewhere = await _product.HearAsync(new HomeOpened(_product.Next(), new WorkspaceRef(RecordingChat.TheName, "globex"), new ChatPerson("ana"), null));

        Assert.DoesNotContain("Churn", CardText.Of(Assert.IsType<Reply.ReplaceCard>(elsewhere).Card));
    }

    [Fact]
    public async Task The_word_home_shows_the_same_to_the_one_who_typed_it()
    {
        var typed = Assert.IsType<Reply.Whisper>(await _product.TypeAsync("ana", "home", null));

        Assert.Equal(await OpenAsync("ana"), CardText.Of(typed.Card));
    }

    private ActionItem Item(WorkspaceId workspace, PersonId owner, string text) => new()
    {
        Id = Id.New<ActionItemId>(_product.Clock), WorkspaceId = workspace, LoopId = _loop, Text = text, OwnerId = owner, DueOn = new DateOnly(2026, 11, 20), CreatedAt = _product.Clock.Now,
    };

    private async Task<string> OpenAsync(string who) =>
        CardText.Of(Assert.IsType<Reply.ReplaceCard>(await _product.HearAsync(new HomeOpened(_product.Next(), _product.Workspace, new ChatPerson(who), null))).Card);
}
