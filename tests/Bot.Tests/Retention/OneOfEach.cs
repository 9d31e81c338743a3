using Bot.Chat;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Retention;

/// <summary>
/// A row for every table, made of the model alone: a table that is added has one too. All ids of one kind are one id, so the rows belong together, and to the workspace.
/// </summary>
/// <param name="workspace">The platform's id of it.</param>
/// <param name="known">Ids that are there already.</param>
internal sealed class OneOfEach(PlatformName platform, string workspace, DateTimeOffset at, params IEnumerable<object> known)
{
    /// <summary>Columns of a platform's own tables that hold its id of the workspace.</summary>
    private static readonly string[] Workspaces = ["ExternalId", "TenantId", "TeamId", "Installation.Id"];
    private readonly Dictionary<Type, object> _ids = known.ToDictionary(id => id.GetType());

    public IReadOnlyList<object> Of(DbContext db) => [.. db.Model.GetEntityTypes().Where(type => !type.IsOwned()).Select(type => Make(type.ClrType, ""))];

    private object Make(Type type, string what) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var id when IsId(id) => _ids.TryGetValue(id, out var one) ? one : _ids[id] = Activator.CreateInstance(id, Guid.CreateVersion7())!,
        var text when text == typeof(string) => Workspaces.Any(name => what == name || what.EndsWith("." + name, StringComparison.Ordinal)) ? workspace : $"{workspace} {what}",
        var instant when instant == typeof(DateTimeOffset) => at,
        var date when date == typeof(DateOnly) => DateOnly.FromDateTime(at.UtcDateTime),
        var time when time == typeof(TimeOnly) => new TimeOnly(10, 0),
        var guid when guid == typeof(Guid) => Guid.NewGuid(),
        var uri when uri == typeof(Uri) => new Uri("https://pilot.test/"),
        var name when name == typeof(PlatformName) => platform,
        var plain when plain.IsPrimitive || plain.IsEnum => Activator.CreateInstance(plain)!,
        var several => Build(several),
    };

    private object Build(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var row = constructor.Invoke([.. constructor.GetParameters().Select(p => Make(p.ParameterType, p.Name!))]);
        foreach (var property in type.GetProperties().Where(p => p.CanWrite))
        {
            property.SetValue(row, Make(property.PropertyType, $"{type.Name}.{property.Name}"));
        }

        return row;
    }

    private static bool IsId(Type type) => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>));
}
