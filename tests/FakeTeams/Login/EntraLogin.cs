using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FakeTeams.Login;

/// <summary>Entra's token endpoint for the one app, and a virtual machine's managed identity that the app trusts.</summary>
public sealed class EntraLogin(TeamsApp app, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3599);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _valid = [];
    private readonly HashSet<string> _assertions = [];
    private int _given;

    /// <summary>How many tokens were given out for the app.</summary>
    public int Given => Volatile.Read(ref _given);

    /// <summary>The managed identity that the app's registration trusts; null trusts none.</summary>
    public string? ManagedIdentityClientId { get; set; }

    /// <summary>The certificate that the app's registration has; null where it has none.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Ends every token at once, whatever its lifetime.</summary>
    public void Revoke()
    {
        lock (_gate)
        {
            _valid.Clear();
        }
    }

    internal bool Takes(string? authorization)
    {
        lock (_gate)
        {
            return authorization is not null && authorization.StartsWith("Bearer ", StringComparison.Ordinal)
                && _valid.TryGetValue(authorization["Bearer ".Length..], out var until) && until > clock.GetUtcNow();
        }
    }

    /// <summary><c>POST /{tenant}/oauth2/v2.0/token</c>.</summary>
    internal async Task<IResult> TokenAsync(string tenant, HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (tenant != app.TenantId)
        {
            return Refusal(400, "invalid_request", 90002, $"Tenant '{tenant}' not found.");
        }

        if (form["grant_type"] != "client_credentials" || form["client_id"] != app.AppId)
        {
            return Refusal(400, "unauthorized_client", 700016, "Application with this identifier was not found in the directory.");
        }

        if (form["scope"] != "https://api.botframework.com/.default")
        {
            return Refusal(400, "invalid_scope", 70011, "The provided value for the input parameter 'scope' is not valid.");
        }

        var isProven = form.ContainsKey("client_assertion")
            ? form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" && (IsAssertion(form["client_assertion"]!) || IsSigned(form["client_assertion"]!, tenant))
            : form["client_secret"] == app.Secret;
        return isProven ? Give() : Refusal(401, "invalid_client", 7000215, "Invalid client secret provided.");
    }

    /// <summary><c>GET http://169.254.169.254/metadata/identity/oauth2/token</c>, as a virtual machine asks for its identity's token.</summary>
    internal IResult Identity(HttpRequest request)
    {
        if (request.Headers["Metadata"] != "true" || request.Query["resource"] != "api://AzureADTokenExchange" || request.Query["client_id"] != ManagedIdentityClientId)
        {
            return Results.Json(new JsonObject { ["error"] = "invalid_request", ["error_description"] = "Identity not found" }, statusCode: 400);
        }

        var assertion = Random();
        lock (_gate)
        {
            _assertions.Add(assertion);
        }

        return Results.Json(new JsonObject
        {
            ["access_token"] = assertion,
            ["client_id"] = ManagedIdentityClientId,
            ["expires_in"] = "86399",
            // Read by MSAL, which lives by the system's clock.
            ["expires_on"] = (TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(1)).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["resource"] = "api://AzureADTokenExchange",
            ["token_type"] = "Bearer",
        });
    }

    private bool IsAssertion(string assertion)
    {
        lock (_gate)
        {
            return _assertions.Contains(assertion);
        }
    }

    /// <summary>"Certificate credentials": a JWT about the app itself, for this endpoint, that names the certificate and is signed with its key.</summary>
    private bool IsSigned(string assertion, string tenant)
    {
        var parts = assertion.Split('.');
        if (Certificate is null || parts.Length != 3 || Json(parts[0]) is not { } header || Json(parts[1]) is not { } payload)
        {
            return false;
        }

        using var key = Certificate.GetRSAPublicKey()!;
        return (string?)header["alg"] == "PS256"
            && (string?)header["x5t#S256"] == Base64Url.EncodeToString(SHA256.HashData(Certificate.RawData))
            && (string?)payload["iss"] == app.AppId && (string?)payload["sub"] == app.AppId
            && (string?)payload["aud"] == $"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
            && key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);

        static JsonObject? Json(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part)) as JsonObject;
    }

    private IResult Give()
    {
        var token = Random();
        lock (_gate)
        {
            _valid[token] = clock.GetUtcNow() + Lifetime;
        }

        Interlocked.Increment(ref _given);
        return Results.Json(new JsonObject { ["token_type"] = "Bearer", ["expires_in"] = (int)Lifetime.TotalSeconds, ["ext_expires_in"] = (int)Lifetime.TotalSeconds, ["access_token"] = token });
    }

    private static IResult Refusal(int status, string error, int number, string said) => Results.Json(
        new JsonObject { ["error"] = error, ["error_description"] = $"AADSTS{number}: {said}", ["error_codes"] = new JsonArray(number) }, statusCode: status);

    private static string Random() => Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
}
