using System.Text.Json.Nodes;
using FakeSlack.World;

namespace FakeSlack.Api;

/// <summary>views.*: modals and App Home.</summary>
internal sealed class ViewMethods(SlackWorld world, ViewStacks stacks)
{
    public IEnumerable<ApiMethod> All =>
    [
        new("views.open", true, false, TokenKind.Bot, null, 100, ["view:json!", "trigger_id!"], Open),
        new("views.push", true, false, TokenKind.Bot, null, 100, ["view:json!", "trigger_id!"], Push),
        new("views.update", true, false, TokenKind.Bot, null, 100, ["view:json!", "view_id", "external_id", "hash"], Update),
        new("views.publish", true, false, TokenKind.Bot, null, 100, ["view:json!", "user_id!", "hash"], Publish),
    ];

    private ApiAnswer Open(ApiCall call)
    {
        if (BlockCheck.View(call.Arguments.Json("view"), "modal") is { } wrong)
        {
            return wrong;
        }

        var (trigger, refused) = Spend(call);
        return trigger is null ? refused!
            : world.StackOf(trigger.Workspace, trigger.UserId).Count > 0 ? ApiAnswer.Refused("invalid_trigger_id", "a modal is open: views.push puts another on top of it")
            : Shown(stacks.Push(trigger.Workspace, trigger.UserId, call.Arguments.Json("view")!.AsObject()), call);
    }

    private ApiAnswer Push(ApiCall call)
    {
        if (BlockCheck.View(call.Arguments.Json("view"), "modal") is { } wrong)
        {
            return wrong;
        }

        var (trigger, refused) = Spend(call);
        return trigger is null ? refused!
            : trigger.From is not { IsOpen: true } ? ApiAnswer.Refused("invalid_trigger_id", "views.push takes a trigger that comes from an open modal")
            : Shown(stacks.Push(trigger.Workspace, trigger.UserId, call.Arguments.Json("view")!.AsObject()), call);
    }

    private ApiAnswer Update(ApiCall call)
    {
        var (id, external) = (call.Arguments.Text("view_id"), call.Arguments.Text("external_id"));
        if (id is null == external is null)
        {
            return ApiAnswer.Refused("invalid_arguments", "exactly one of view_id and external_id");
        }

        var view = id is not null ? world.Views.GetValueOrDefault(id) : world.Views.Values.FirstOrDefault(open => open.IsOpen && open.ExternalId == external);
        if (view is not { IsOpen: true } || !call.By!.Workspaces.Contains(view.Workspace))
        {
            return ApiAnswer.Refused("not_found");
        }

        return BlockCheck.View(call.Arguments.Json("view"), view.Type)
            ?? (call.Arguments.Text("hash") is { } hash && hash != view.Hash ? ApiAnswer.Refused("hash_conflict") : null)
            ?? Shown(stacks.Update(view, call.Arguments.Json("view")!.AsObject()), call);
    }

    private ApiAnswer Publish(ApiCall call)
    {
        if (!world.App.HasHomeTab)
        {
            return ApiAnswer.Refused("not_enabled");
        }

        if (BlockCheck.View(call.Arguments.Json("view"), "home") is { } wrong)
        {
            return wrong;
        }

        if (call.FindMember(call.Arguments.Text("user_id")!) is not var (workspace, member) || member.IsBot)
        {
            return ApiAnswer.Refused("invalid_arguments", "user_id: nobody has this id");
        }

        var home = world.Homes.GetValueOrDefault((workspace.Id, member.Id));
        return call.Arguments.Text("hash") is { } hash && hash != home?.Hash
            ? ApiAnswer.Refused("hash_conflict")
            : Shown(stacks.Publish(workspace, member.Id, call.Arguments.Json("view")!.AsObject()), call);
    }

    private (Trigger? Trigger, ApiAnswer? Refused) Spend(ApiCall call)
    {
        if (!world.Triggers.TryGetValue(call.Arguments.Text("trigger_id")!, out var trigger) || !call.By!.Workspaces.Contains(trigger.Workspace))
        {
            return (null, ApiAnswer.Refused("invalid_trigger_id"));
        }

        if (trigger.IsUsed)
        {
            return (null, ApiAnswer.Refused("exchanged_trigger_id"));
        }

        if (world.Now - trigger.At > Trigger.Lifetime)
        {
            return (null, ApiAnswer.Refused("expired_trigger_id"));
        }

        trigger.IsUsed = true;
        return (trigger, null);
    }

    private ApiAnswer Shown((View? View, ApiAnswer? Refused) done, ApiCall call) =>
        done.View is not { } view ? done.Refused! : ApiAnswer.Ok(new JsonObject { ["view"] = stacks.Show(view, call.By!) });
}
